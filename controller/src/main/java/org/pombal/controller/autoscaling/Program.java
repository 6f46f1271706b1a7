package org.pombal.controller.autoscaling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the operator's that is run with a time limit, after which it is killed with all that it started. What it prints goes through pipes that end
 * at 64 KiB: one that prints without end is ended by SIGPIPE, and fills no disk.
 */
final class Program {

    /** What becomes of processes that it started, when it has ended well. */
    enum Leftovers {
        KILL,
        /** They are its purpose. */
        LEAVE
    }

    private static final int MOST_OUTPUT = 64 * 1024;
    private static final long LOOK_MILLIS = 20;

    /** After its end, what it printed may still be on the way for so long. */
    private static final long DRAIN_MILLIS = 500;

    private static final long KILL_MILLIS = 5_000;

    private final Path path;
    private final Duration limit;
    private final Leftovers leftovers;

    Program(Path path, Duration limit, Leftovers leftovers) {
        this.path = requireNonNull(path, "path is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.leftovers = requireNonNull(leftovers, "leftovers is null");
    }

    /**
     * Runs it and waits for its end, not for that of processes it leaves.
     *
     * @param input what it can read
     * @return the beginning of what it printed
     * @throws IOException if it cannot be started, takes too long, or ends with another exit code than 0; the message has what it printed as an error
     */
    String run(String input, String... arguments) throws IOException, InterruptedException {
        if (!Files.isExecutable(path) || Files.isDirectory(path)) {
            throw new IOException(path + " is no program that can be run");
        }
        try (ProgramFolder folder = ProgramFolder.make()) {
            Files.writeString(folder.input(), input, UTF_8);
            Process process = new ProcessBuilder(folder.command(path, List.of(arguments), MOST_OUTPUT))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean good = false;
            try {
                int code = exitCode(process, folder);
                if (code != 0) {
                    throw new IOException(path + " ended with exit code " + code + said(folder));
                }
                good = true;
                return folder.output();
            } finally {
                end(process, good && leftovers == Leftovers.LEAVE);
            }
        }
    }

    private int exitCode(Process process, ProgramFolder folder) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (!folder.isOver()) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !folder.isOver()) {
                throw new IOException(path + " was killed by somebody else");
            }
            if (System.nanoTime() - began >= limit.toNanos() && !folder.isOver()) {
                throw new IOException(
                        path + " took longer than " + limit.toMillis() + " ms and was killed" + said(folder));
            }
        }
        // What reads its output ends when nobody has it open any more; processes that it leaves may.
        process.waitFor(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        return folder.exitCode();
    }

    private static String said(ProgramFolder folder) throws IOException {
        String said = folder.errors().strip().replaceAll("\\s*\\R\\s*", " | ");
        String much = folder.isFull(MOST_OUTPUT) ? "; it printed more than is read, " + MOST_OUTPUT + " bytes" : "";
        return (said.isEmpty() ? "" : ": " + said) + much;
    }

    /** @param alone only what passes its output on, not what it left running */
    private static void end(Process process, boolean alone) throws IOException, InterruptedException {
        if (alone) {
            process.children().forEach(ProcessHandle::destroyForcibly);
        } else {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            // Also those whose parents have ended: it has a process group of its own.
            Process kill = new ProcessBuilder("sh", "-c", "kill -KILL \"-$1\"", "sh", Long.toString(process.pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(KILL_MILLIS, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor(KILL_MILLIS, TimeUnit.MILLISECONDS);
    }
}
