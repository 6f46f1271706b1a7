package org.pombal.geodb.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The child process. It is started by a thread of its own that lives as long as it does, because what the kernel calls its
 * parent, whose death it follows, is that thread.
 */
final class CassandraProcess {

    private static final Duration LONGEST_LAUNCH = Duration.ofSeconds(10);

    private final Process process;

    private CassandraProcess(Process process) {
        this.process = process;
    }

    /** @throws EmbeddedCassandraException if a program of the command is not installed */
    static CassandraProcess start(List<String> command, CassandraFiles files, String name) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(files.output().toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread parent = new Thread(() -> runToItsEnd(builder, started), name);
        parent.setDaemon(true);
        parent.start();
        try {
            return new CassandraProcess(started.get(LONGEST_LAUNCH.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new EmbeddedCassandraException(
                    "cannot run " + command.get(0) + " (package util-linux): " + e.getCause(), e);
        } catch (TimeoutException e) {
            started.completeExceptionally(e);
            throw new EmbeddedCassandraException(
                    "the system did not start a process within " + LONGEST_LAUNCH.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            started.completeExceptionally(e);
            Thread.currentThread().interrupt();
            throw new EmbeddedCassandraException("interrupted while starting Cassandra", e);
        }
    }

    private static void runToItsEnd(ProcessBuilder builder, CompletableFuture<Process> started) {
        try {
            Process process = builder.start();
            if (!started.complete(process)) {
                process.destroyForcibly();
            }
            while (process.isAlive()) {
                waitFor(process);
            }
        } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
        }
    }

    private static void waitFor(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            // Nothing may end this thread before the process.
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Asks it to stop, kills it if it does not within the limit, and waits until it is gone. */
    void stop(Duration limit) {
        process.destroy();
        boolean interrupted = false;
        boolean asked = true;
        while (process.isAlive()) {
            try {
                if (!process.waitFor(asked ? limit.toMillis() : 1000, TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    asked = false;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                process.destroyForcibly();
                asked = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
