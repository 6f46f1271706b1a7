package org.pombal.node.routing;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/**
 * What this node remembers of users' homes: in memory, and behind it what survives a restart.
 *
 * <p>A home that was read, from GeoDB or from what is kept, may be out of date by the time it is remembered, because a
 * change was announced meanwhile. So whoever reads takes {@link #edition} first and hands it to {@link #remember}.
 */
public interface KnownUsers {

    /** From memory; null if not there. Never blocks. */
    @Nullable
    GroupId inMemory(UserKey user);

    /** From what survives a restart; empty also when that cannot be read. */
    CompletionStage<Optional<GroupId>> kept(UserKey user);

    /** Whether what is kept is up to date with GeoDB's changes, so that GeoDB need not be asked. */
    boolean keptIsCurrent();

    /** Changes whenever a change of the user is announced, and now and then without. */
    int edition(UserKey user);

    /** Remembers a home, unless the user's edition is another by now. */
    void remember(UserKey user, GroupId home, int edition);
}
