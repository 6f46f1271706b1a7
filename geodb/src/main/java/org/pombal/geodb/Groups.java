package org.pombal.geodb;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

/** User groups, each in a partition of its own; serial level LOCAL_SERIAL. */
public interface Groups {

    CompletionStage<Optional<UserGroup>> find(GroupId id, ReadLevel level);

    /**
     * When the group's row was changed last, by the clocks of GeoDB's servers; empty if there is no such group. For people: which
     * of two changes was later, epochs say.
     */
    CompletionStage<Optional<Instant>> changedAt(GroupId id);

    /** Adds a group unless it exists; first writer wins. A retired one comes back with the epoch that follows its last. */
    CompletionStage<Cas<UserGroup>> createIfAbsent(UserGroup group);

    /**
     * Replaces the group's row if it has the epoch before that of {@code next}, and announces it.
     *
     * @param next with the epoch it is to have, one greater than the one it was decided on
     */
    CompletionStage<Cas<UserGroup>> update(UserGroup next);

    /** Takes a group out, if it still has epoch {@code group.epoch()}, and announces it. Its row stays, with the next epoch. */
    CompletionStage<Cas<UserGroup>> retire(UserGroup group);

    /**
     * A page of the site's groups, in no order that has a meaning. No group that was there when the listing began is
     * missing; a page may have fewer rows than asked for, even none, and still not be the last.
     *
     * @param from where to go on, or empty for the first page
     * @param pageSize about how many rows, 1 to 5000
     */
    CompletionStage<Page<UserGroup>> list(SiteId site, Optional<PageToken> from, int pageSize);
}
