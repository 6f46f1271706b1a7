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
 * @param origin where the user is at home in truth while another site has taken him over, and where he goes when his site recovers
 * @param homeTerm under which term of the home site the row was written or claimed; see {@code model.sitefailover}
 * @param version grows by one with each change; an update names the version it was decided on
 */
public record User(
        UserKey key, GroupId home, Optional<GroupId> failover, Optional<GroupId> origin, long homeTerm, long version) {

    public User {
        requireNonNull(key, "key is null");
        requireNonNull(home, "home is null");
        requireNonNull(failover, "failover is null");
        requireNonNull(origin, "origin is null");
    }

    /** One whom no failover of a site has touched. */
    public User(UserKey key, GroupId home, Optional<GroupId> failover, long version) {
        this(key, home, failover, Optional.empty(), 0, version);
    }

    /** A user at the first successful authentication. */
    public static User firstSeen(UserKey key, GroupId home) {
        return new User(key, home, Optional.empty(), 1);
    }

    /** The user in another place, for good. The version stays that on which it was decided. */
    public User movedTo(GroupId newHome, Optional<GroupId> newFailover) {
        return new User(key, newHome, newFailover, Optional.empty(), 0, version);
    }

    /**
     * The user taken over by another site, until his own recovers.
     *
     * @param term of that site
     */
    public User takenOver(GroupId by, long term) {
        GroupId truly = trueHome();
        return truly.site().equals(by.site())
                ? new User(key, truly, failover, Optional.empty(), term, version)
                : new User(key, by, failover, Optional.of(truly), term, version);
    }

    /** The same, claimed by the home site under its present term. */
    public User claimed(long term) {
        return new User(key, home, failover, origin, term, version);
    }

    /** Where the user is at home in truth. */
    public GroupId trueHome() {
        return origin.orElse(home);
    }

    /** The row by which a departure is carried out, at the version on which it was decided; empty if it is to be retired. */
    public Optional<User> after(Departure departure) {
        return departure.isStayIn(home)
                ? Optional.of(this)
                : departure.target().map(target -> movedTo(target, departure.failover()));
    }

    /** Whether a user whose row stands like this has left the group: to another, or by deletion. */
    public static boolean hasLeft(GroupId group, Optional<User> row) {
        return row.filter(user -> user.home().equals(group)).isEmpty();
    }

    /** The row as it stands at another version. */
    public User atVersion(long newVersion) {
        return new User(key, home, failover, origin, homeTerm, newVersion);
    }
}
