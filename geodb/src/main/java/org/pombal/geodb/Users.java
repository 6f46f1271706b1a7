package org.pombal.geodb;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.User;
import org.pombal.model.user.UserKey;

/** Users, each in a partition of its own; serial level SERIAL. */
public interface Users {

    CompletionStage<Optional<User>> find(UserKey key, ReadLevel level);

    /** Adds a user unless there is one; first writer wins. */
    CompletionStage<Cas<User>> createIfAbsent(User user);

    /** Replaces the home and failover of a user that still has version {@code user.version()}, and announces it. */
    CompletionStage<Cas<User>> update(User user);

    /**
     * A page of the users that are at home in a group, in no order that has a meaning. No user that was there when the
     * listing began is missing; a page may have fewer rows than asked for, even none, and still not be the last.
     *
     * @param from where to go on, or empty for the first page
     * @param pageSize about how many rows, 1 to 5000
     */
    CompletionStage<Page<User>> inGroup(GroupId group, Optional<PageToken> from, int pageSize);
}
