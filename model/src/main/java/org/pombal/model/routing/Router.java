package org.pombal.model.routing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;

/**
 * Routing as a pure function: user to site, group to backend.
 *
 * <p>The status of a backend is not judged here. A proxy never changes ownership: sessions go to the owner, whatever its
 * status, and the owner (or, when that is lost, the one that takes its groups over) decides.
 */
public final class Router {

    private Router() {}

    /**
     * The route of a user whose home is another site than the router's. A site that is standby or being evacuated is still where
     * its users are at home; one that is offline cannot be reached, which is said at once.
     */
    public static Route toSite(UserKey user, SiteId home, ClusterView view) {
        requireNonNull(user, "user is null");
        Optional<Site> found = view.site(home);
        if (found.isEmpty()) {
            return new Route.Unroutable(user, "the user's home site " + home + " does not exist");
        }
        Site site = found.get();
        if (site.status() == SiteStatus.OFFLINE) {
            return new Route.Unroutable(user, "the user's home site " + site.name() + " is offline");
        }
        return site.loadBalancer()
                .<Route>map(loadBalancer -> new Route.ToSite(user, site, loadBalancer))
                .orElseGet(() ->
                        new Route.Unroutable(user, "the user's home site " + site.name() + " has no load balancer"));
    }

    /**
     * The route of a user whose home is the router's own site.
     *
     * @param group the row of the user's group
     */
    public static Route toBackend(UserKey user, UserGroup group, ClusterView view) {
        requireNonNull(user, "user is null");
        GroupId id = group.id();
        Optional<Backend> owner = view.backend(group.backend());
        return owner.<Route>map(backend -> new Route.ToBackend(user, group, backend))
                .orElseGet(() -> new Route.Unroutable(
                        user,
                        "group " + id.name() + " is owned by backend " + group.backend() + ", which does not exist"));
    }
}
