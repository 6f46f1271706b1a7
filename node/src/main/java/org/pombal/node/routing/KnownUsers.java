package org.pombal.node.routing;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** What this node remembers of users' homes: in memory, and behind it what survives a restart. */
public interface KnownUsers {

    /** From memory; null if not there. Never blocks. */
    @Nullable
    GroupId inMemory(UserKey user);

    /** From what survives a restart; empty also when that cannot be read. */
    CompletionStage<Optional<GroupId>> kept(UserKey user);

    /** Whether what is kept is up to date with GeoDB's changes, so that GeoDB need not be asked. */
    boolean keptIsCurrent();

    void remember(UserKey user, GroupId home);
}
