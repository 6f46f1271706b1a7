package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs programs that end by themselves. */
final class Programs {

    /** How one ended, and what it printed on both outputs. */
    record Ended(int exitCode, String output) {}

    /** How long it took besides, from its start to its end. */
    record Timed(Ended ended, Duration took) {}

    private Programs() {}

    static Timed timed(Supplier<Ended> run) {
        long started = System.nanoTime();
        Ended ended = run.get();
        return new Timed(ended, Duration.ofNanos(System.nanoTime() - started));
    }

    static Ended run(Duration patience, String... command) {
        return run(patience, List.of(command));
    }

    static Ended run(Duration patience, List<String> command) {
        try {
            Path output = Files.createTempFile("pombal-acceptance-", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                    return new Ended(-1, "killed after " + patience + ": " + Files.readString(output, UTF_8));
                }
                return new Ended(
                        process.exitValue(), Files.readString(output, UTF_8).strip());
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        }
    }
}
