package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.pombal.model.backend.HostName;
import org.pombal.node.command.TimedCommand;

/**
 * The operator's command that makes sure that a backend's machine is off, or cut off from clients and storage; run with the backend's host
 * name as its only argument and in {@code POMBAL_HOST}. It succeeds with exit code 0.
 */
public final class FenceCommand {

    private final TimedCommand command;
    private final Executor threads;

    /**
     * @param timeout after which it is killed, which counts as failed
     * @param threads where commands are waited for; bounds how many run at once
     */
    public FenceCommand(Path program, Duration timeout, Executor threads) {
        this.command = new TimedCommand(program, timeout);
        this.threads = requireNonNull(threads, "threads is null");
    }

    /** How it ended, when nothing of it is left. */
    CompletionStage<TimedCommand.Outcome> run(HostName host) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return command.run(host.value(), Map.of("POMBAL_HOST", host.value()));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return new TimedCommand.Outcome(false, "was not waited for: the node stops", "");
                    }
                },
                threads);
    }

    @Override
    public String toString() {
        return command.toString();
    }
}
