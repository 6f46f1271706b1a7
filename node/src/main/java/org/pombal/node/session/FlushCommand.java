package org.pombal.node.session;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.pombal.model.user.UserKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's command that makes a user's mail ready to be opened by another backend; run after the user's last session has ended, with
 * the user's name as its only argument and in {@code POMBAL_USER}. It succeeds with exit code 0. If it takes too long it is killed, with
 * all its descendants, and tried again; the user is served nowhere until it has succeeded.
 */
public final class FlushCommand implements FlushHook {

    private static final Logger log = LoggerFactory.getLogger(FlushCommand.class);

    /** How long a killed command is waited for. If one of its processes lives on, the flush has not ended. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private final Path command;
    private final Duration timeout;
    private final Executor threads;

    /** @param threads where commands are waited for; bounds how many run at once */
    public FlushCommand(Path command, Duration timeout, Executor threads) {
        this.command = requireNonNull(command, "command is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.threads = requireNonNull(threads, "threads is null");
    }

    @Override
    public CompletionStage<Boolean> flush(UserKey user) {
        return CompletableFuture.supplyAsync(() -> run(user), threads);
    }

    private boolean run(UserKey user) {
        ProcessBuilder builder = new ProcessBuilder(command.toString(), user.value())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("POMBAL_USER", user.value());
        try {
            Process process = builder.start();
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return ended(user, process.exitValue());
            }
            end(process);
            log.error("{} for user {} took longer than {}: killed; the move of the user waits", command, user, timeout);
        } catch (IOException e) {
            log.error("{} for user {} could not be started, so the move waits: {}", command, user, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean ended(UserKey user, int code) {
        if (code != 0) {
            log.error("{} for user {} ended with exit code {}; the move of the user waits", command, user, code);
        }
        return code == 0;
    }

    /** Returns when nothing of the command is left. */
    private void end(Process process) throws InterruptedException {
        ProcessHandle[] all = process.descendants().toArray(ProcessHandle[]::new);
        for (ProcessHandle each : all) {
            each.destroyForcibly();
        }
        process.destroyForcibly();
        while (!process.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            log.error("{}, process {}, lives on though it was killed", command, process.pid());
        }
        for (ProcessHandle each : all) {
            each.onExit()
                    .orTimeout(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> {
                        log.error("process {} of {} lives on though it was killed", each.pid(), command);
                        return each;
                    })
                    .join();
        }
    }
}
