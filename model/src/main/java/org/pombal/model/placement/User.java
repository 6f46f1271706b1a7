package org.pombal.model.placement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

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

    /** A user at the first successful authentication. */
    public static User firstSeen(UserKey key, GroupId home) {
        return new User(key, home, Optional.empty(), 1);
    }

    /** The user in another place. The version stays that on which it was decided. */
    public User movedTo(GroupId newHome, Optional<GroupId> newFailover) {
        return new User(key, newHome, newFailover, version);
    }

    /** The row by which a departure is carried out, at the version on which it was decided; empty if it is to be retired. */
    public Optional<User> after(Departure departure) {
        return departure.target().map(target -> movedTo(target, departure.failover()));
    }

    /** Whether a user whose row stands like this has left the group: to another, or by deletion. */
    public static boolean hasLeft(GroupId group, Optional<User> row) {
        return row.filter(user -> user.home().equals(group)).isEmpty();
    }

    /** The row as it stands at another version. */
    public User atVersion(long newVersion) {
        return new User(key, home, failover, newVersion);
    }
}
