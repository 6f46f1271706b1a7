package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;

/** Looks again and again whether something is finished, and says meanwhile how far it is. Ends when the caller is gone. */
public final class Waiting {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A caller can tell that it is still at work by a note at least this often. */
    private static final int LOOKS_BETWEEN_NOTES = 5;

    private final ScheduledExecutorService scheduler;

    public Waiting(ScheduledExecutorService scheduler) {
        this.scheduler = requireNonNull(scheduler, "scheduler is null");
    }

    /**
     * Waits.
     *
     * @param left what is still to come, in words; empty when it is finished
     */
    CompletionStage<Void> until(Supplier<CompletionStage<Optional<String>>> left, Output output) {
        return look(left, output, "", 0);
    }

    private CompletionStage<Void> look(
            Supplier<CompletionStage<Optional<String>>> left, Output output, String saidLast, int silentFor) {
        return left.get().thenCompose(now -> {
            if (now.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            String text = now.get();
            if (text.equals(saidLast) && silentFor < LOOKS_BETWEEN_NOTES) {
                return later().thenCompose(done -> look(left, output, saidLast, silentFor + 1));
            }
            return output.rows(List.of(Row.progress(text)))
                    .thenCompose(done -> later())
                    .thenCompose(done -> look(left, output, text, 0));
        });
    }

    private CompletionStage<Void> later() {
        CompletableFuture<Void> later = new CompletableFuture<>();
        scheduler.schedule(() -> later.complete(null), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return later;
    }
}
