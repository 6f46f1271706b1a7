package org.pombal.node.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program with one argument, which is killed with all its descendants if it takes too long. When a run has ended, nothing of it is left.
 */
public final class TimedCommand {

    private static final Logger log = LoggerFactory.getLogger(TimedCommand.class);

    /** How long a killed process may take to end before that is said; it is waited for all the same. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_OUTPUT = 500;

    private final Path program;
    private final Duration timeout;

    public TimedCommand(Path program, Duration timeout) {
        this.program = requireNonNull(program, "program is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    /**
     * How a run ended.
     *
     * @param how in words, to go on a sentence that names the program
     * @param output the end of what it printed, on one line
     */
    public record Outcome(boolean succeeded, String how, String output) {}

    /**
     * Runs it, and waits. It succeeds with exit code 0.
     *
     * @param more environment variables besides this process's
     * @throws InterruptedException if this thread is; the program may go on then
     */
    public Outcome run(String argument, Map<String, String> more) throws InterruptedException {
        Path output;
        try {
            output = Files.createTempFile("pombal-command-", ".out");
        } catch (IOException e) {
            return new Outcome(false, "could not be started: " + e, "");
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(program.toString(), argument)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(more);
            Process process = builder.start();
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                int code = process.exitValue();
                return new Outcome(code == 0, "ended with exit code " + code, end(output));
            }
            kill(process);
            return new Outcome(false, "took longer than " + timeout.toMillis() + " ms and was killed", end(output));
        } catch (IOException e) {
            return new Outcome(false, "could not be started: " + e.getMessage(), "");
        } finally {
            delete(output);
        }
    }

    private void kill(Process process) throws InterruptedException {
        ProcessHandle[] all = process.descendants().toArray(ProcessHandle[]::new);
        for (ProcessHandle each : all) {
            each.destroyForcibly();
        }
        process.destroyForcibly();
        while (!process.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            log.error("{}, process {}, lives on though it was killed", program, process.pid());
        }
        for (ProcessHandle each : all) {
            while (each.isAlive()) {
                each.onExit()
                        .orTimeout(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(late -> {
                            log.error("process {} of {} lives on though it was killed", each.pid(), program);
                            return each;
                        })
                        .join();
            }
        }
    }

    private static String end(Path output) {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - MAX_OUTPUT));
            byte[] bytes = new byte[(int) Math.min(MAX_OUTPUT, file.length())];
            file.readFully(bytes);
            return new String(bytes, UTF_8).strip().replaceAll("\\s*\\R\\s*", " | ");
        } catch (IOException e) {
            return "(its output cannot be read: " + e + ")";
        }
    }

    private static void delete(Path output) {
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            log.warn("cannot delete {}: {}", output, e.toString());
        }
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
