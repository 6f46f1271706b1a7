package org.pombal.node.routing;

import java.util.Optional;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.user.UserKey;

/**
 * The name that a user is routed by: that of auth's reply, never of the request, because the passdb may have mapped an
 * alias or a master login to another name. {@code destuser} goes before {@code user}.
 */
public final class RouteKey {

    private RouteKey() {}

    /** Empty if the reply names nobody, or one whose name cannot be a user's. */
    public static Optional<UserKey> of(ServerLine.Succeeded reply) {
        return of(reply.destuser().filter(text -> !text.isEmpty()).or(reply::user));
    }

    /** The same for a name that was read. */
    public static Optional<UserKey> of(Optional<String> name) {
        try {
            return name.map(UserKey::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
