package org.pombal.node.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.pombal.model.user.UserKey;

/** Waits for {@code cluster_user_settle_time} after a user's last session has ended, and flushes then. */
public record SettleThenFlush(Duration settle, FlushHook flush) implements FlushHook {

    public SettleThenFlush {
        requireNonNull(settle, "settle is null");
        requireNonNull(flush, "flush is null");
    }

    @Override
    public CompletionStage<Boolean> flush(UserKey user) {
        if (settle.isZero()) {
            return flush.flush(user);
        }
        Executor later = CompletableFuture.delayedExecutor(settle.toNanos(), TimeUnit.NANOSECONDS);
        return CompletableFuture.supplyAsync(() -> user, later).thenCompose(flush::flush);
    }
}
