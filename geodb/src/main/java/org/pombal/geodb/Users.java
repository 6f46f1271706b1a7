package org.pombal.geodb;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/** Users, each in a partition of its own; serial level SERIAL. */
public interface Users {

    CompletionStage<Optional<User>> find(UserKey key, ReadLevel level);

    /** Adds a user unless there is one; first writer wins. A retired one comes back with the version after its last. */
    CompletionStage<Cas<User>> createIfAbsent(User user);

    /** Replaces the home and failover of a user that still has version {@code user.version()}, and announces it. */
    CompletionStage<Cas<User>> update(User user);

    /** Takes a user out, if it still has version {@code user.version()}, and announces it. */
    CompletionStage<Cas<User>> retire(User user);

    /**
     * A page of all users of the cluster, in no order that has a meaning. No user that was there when the listing began is
     * missing; a page may have fewer rows than asked for, even none, and still not be the last.
     *
     * @param from where to go on, or empty for the first page
     * @param pageSize about how many rows, 1 to 5000
     */
    CompletionStage<Page<User>> list(Optional<PageToken> from, int pageSize);

    /**
     * A page of the users that are at home in a group, in no order that has a meaning. No user that was there when the
     * listing began is missing; a page may have fewer rows than asked for, even none, and still not be the last.
     *
     * @param from where to go on, or empty for the first page
     * @param pageSize about how many rows, 1 to 5000
     */
    CompletionStage<Page<User>> inGroup(GroupId group, Optional<PageToken> from, int pageSize);

    /** As {@link #inGroup}, of the users whose origin the group is: who are at home there in truth, and taken over by another site. */
    CompletionStage<Page<User>> awayFrom(GroupId group, Optional<PageToken> from, int pageSize);
}
