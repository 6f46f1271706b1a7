package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pombal.model.site.Site;
import org.pombal.operations.SiteView;

/**
 * A site.
 *
 * @param id stays when the name changes
 * @param status online, offline, standby or evacuate
 * @param tag the name of its tag
 * @param loadBalancer where other sites' proxies connect
 * @param groupCount how many groups it has; absent until the first is made
 * @param backends how many it has in which status; absent in lists
 * @param version for If-Match
 */
@Schema(name = "Site")
record SiteBody(
        String id,
        String name,

        @Schema(
                type = "string",
                allowableValues = {"online", "offline", "standby", "evacuate"})
        String status,

        Optional<String> tag,
        Optional<String> loadBalancer,
        Optional<Integer> groupCount,
        Optional<Map<String, Integer>> backends,
        long version) {

    static SiteBody of(SiteView view) {
        Map<String, Integer> backends = new TreeMap<>();
        view.backends().forEach((status, count) -> backends.put(status.toString(), count));
        Site site = view.site();
        return new SiteBody(
                site.id().toString(),
                site.name(),
                site.status().toString(),
                view.tagName(),
                site.loadBalancer(),
                site.groupCount().isPresent() ? Optional.of(site.groupCount().getAsInt()) : Optional.empty(),
                backends.isEmpty() ? Optional.empty() : Optional.of(backends),
                site.version());
    }
}
