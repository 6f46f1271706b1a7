package org.pombal.node.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.model.user.UserKey;

/** What is to be done for a user between the last session here and the first one elsewhere: {@code cluster_flush_command}. */
@FunctionalInterface
public interface FlushHook {

    /** Nothing is to be done. */
    FlushHook NONE = user -> CompletableFuture.completedFuture(true);

    /** False, or a failure, if it did not succeed: it is tried again, and the user is served nowhere until then. */
    CompletionStage<Boolean> flush(UserKey user);
}
