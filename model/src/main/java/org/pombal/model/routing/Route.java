package org.pombal.model.routing;

import org.pombal.model.backend.Backend;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/** Where a user's sessions go. */
public sealed interface Route {

    /** Why, in words for an operator. */
    String reason();

    /** To the backend that owns the user's group, in this site. */
    record ToBackend(UserKey user, UserGroup group, Backend backend) implements Route {

        @Override
        public String reason() {
            return "group " + group.id().name() + " is owned by " + backend.host() + " (" + backend.status()
                    + ") since epoch " + group.epoch();
        }
    }

    /** To the load balancer of the site where the user is at home; that site's proxies route on. */
    record ToSite(UserKey user, Site site, String loadBalancer) implements Route {

        @Override
        public String reason() {
            return "the user's home is site " + site.name() + ", reached by its load balancer " + loadBalancer;
        }
    }

    /** Nowhere for now: the rows contradict each other or something is missing. A temporary failure for the client. */
    record Unroutable(UserKey user, String reason) implements Route {}
}
