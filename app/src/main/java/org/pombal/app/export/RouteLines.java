package org.pombal.app.export;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/**
 * Users' routes as lines of Dovecot's passwd-file: {@code alice:::::::nopassword=y proxy=y host=b1.example.org}. The password is
 * left to the backend.
 *
 * @param local the proxies' own site; users of others go to their load balancers
 * @param fields what is added to each line, such as {@code  starttls=yes}
 */
public record RouteLines(
        SiteId local,
        Map<SiteId, Site> sites,
        Map<BackendId, Backend> backends,
        Map<GroupId, UserGroup> groups,
        String fields) {

    public RouteLines {
        requireNonNull(local, "local is null");
        sites = Map.copyOf(sites);
        backends = Map.copyOf(backends);
        groups = Map.copyOf(groups);
        requireNonNull(fields, "fields is null");
    }

    /** The user's line; empty if he has no route, or a name that the file cannot hold. */
    public Optional<String> line(UserKey user, GroupId home) {
        return fits(user.value())
                ? host(home).map(host -> user.value() + ":::::::nopassword=y proxy=y host=" + host + fields)
                : Optional.empty();
    }

    private Optional<String> host(GroupId home) {
        if (!home.site().equals(local)) {
            return Optional.ofNullable(sites.get(home.site())).flatMap(Site::loadBalancer);
        }
        return Optional.ofNullable(groups.get(home))
                .map(UserGroup::backend)
                .flatMap(id -> Optional.ofNullable(backends.get(id)))
                .map(backend -> backend.host().value());
    }

    /** A colon ends the name, and a line that begins with # is a comment. */
    private static boolean fits(String name) {
        return name.indexOf(':') < 0 && !name.startsWith("#");
    }
}
