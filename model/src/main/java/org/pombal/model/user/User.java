package org.pombal.model.user;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.group.GroupId;

/**
 * A user's place.
 *
 * @param home the group, and by it the site, that serves the user
 * @param failover the group on another site that serves the user when the home site is lost
 * @param version grows by one with each change; an update names the version it was decided on
 */
public record User(UserKey key, GroupId home, Optional<GroupId> failover, long version) {

    public User {
        requireNonNull(key, "key is null");
        requireNonNull(home, "home is null");
        requireNonNull(failover, "failover is null");
    }

    /** The same at another version. */
    public User atVersion(long newVersion) {
        return new User(key, home, failover, newVersion);
    }

    /** A user at the first successful authentication. */
    public static User firstSeen(UserKey key, GroupId home) {
        return new User(key, home, Optional.empty(), 1);
    }
}
