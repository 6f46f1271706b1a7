package org.pombal.model.routing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.User;

/**
 * Routing as a pure function: user to site, group to backend.
 *
 * <p>The status of a backend is not judged here. A proxy never changes ownership: sessions go to the owner, whatever its
 * status, and the owner (or, when that is lost, the one that takes its groups over) decides.
 */
public final class Router {

    private final SiteId localSite;

    public Router(SiteId localSite) {
        this.localSite = requireNonNull(localSite, "localSite is null");
    }

    /** Whether the route of this user needs the row of the user's group: not when the home is another site. */
    public boolean needsGroup(User user) {
        return user.home().site().equals(localSite);
    }

    /** The route of a user whose home is another site. */
    public Route toOtherSite(User user, ClusterView view) {
        Optional<Site> home = view.site(user.home().site());
        if (home.isEmpty()) {
            return new Route.Unroutable(
                    user, "the user's home site " + user.home().site() + " does not exist");
        }
        Site site = home.get();
        return site.loadBalancer()
                .<Route>map(loadBalancer -> new Route.ToSite(user, site, loadBalancer))
                .orElseGet(() ->
                        new Route.Unroutable(user, "the user's home site " + site.name() + " has no load balancer"));
    }

    /** The route of a user whose group, in this site, was read. */
    public Route toBackend(User user, UserGroup group, ClusterView view) {
        if (!group.id().equals(user.home())) {
            throw new IllegalArgumentException("group " + group.id() + " is not the user's " + user.home());
        }
        Optional<Backend> owner = view.backend(group.backend());
        return owner.<Route>map(backend -> new Route.ToBackend(user, group, backend))
                .orElseGet(() -> new Route.Unroutable(
                        user,
                        "group " + group.id().name() + " is owned by backend " + group.backend()
                                + ", which does not exist"));
    }
}
