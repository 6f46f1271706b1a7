package org.pombal.node.check;

import static java.util.stream.Collectors.joining;
import static org.pombal.node.check.Finding.Subject.CLOCK;
import static org.pombal.node.check.Finding.Subject.GEODB;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;

/** Whether GeoDB knows this machine, and has the same time. */
final class GeoDbCheck {

    /** Two clocks that NTP keeps are within milliseconds; further apart than this, one of them is not kept. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private GeoDbCheck() {}

    /** @param backend the name of this backend; empty beside a proxy */
    static Stream<Finding> look(GeoDbFacts facts, String localSite, Optional<HostName> backend) {
        Stream<Finding> membership = facts.site(localSite)
                .map(site -> backend.stream().flatMap(name -> membership(facts, site, name)))
                .orElseGet(() -> Stream.of(Finding.error(
                        GEODB,
                        "site " + localSite + " (cluster_local_site) is not in GeoDB, which has "
                                + facts.sites().stream().map(Site::name).collect(joining(", ", "[", "]"))
                                + "; correct cluster_local_site, or add the site")));
        return Stream.concat(membership, clock(facts.clockAhead()));
    }

    private static Stream<Finding> membership(GeoDbFacts facts, Site local, HostName name) {
        if (facts.self().isEmpty()) {
            return Stream.of(Finding.error(
                    GEODB,
                    "backend " + name + " (cluster_backend_name) is not in GeoDB; correct cluster_backend_name, or add"
                            + " the backend"));
        }
        return facts.self().get().site().equals(local.id())
                ? Stream.empty()
                : Stream.of(Finding.error(
                        GEODB,
                        "backend " + name + " (cluster_backend_name) belongs to site "
                                + facts.sites().stream()
                                        .filter(site -> site.id()
                                                .equals(facts.self().get().site()))
                                        .findFirst()
                                        .map(Site::name)
                                        .orElse("(retired)")
                                + ", not to " + local.name() + "; correct cluster_local_site or cluster_backend_name"));
    }

    private static Stream<Finding> clock(Duration ahead) {
        return ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0
                ? Stream.empty()
                : Stream.of(Finding.warning(
                        CLOCK,
                        "GeoDB's clock is " + ahead.abs().toSeconds() + " s "
                                + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's; let NTP set both"));
    }
}
