package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that end by themselves. */
public final class Commands {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Commands() {}

    /**
     * What a program prints on its standard output.
     *
     * @throws IllegalStateException with what it printed there and as errors, if its exit code is not 0 or it does not end in a minute
     */
    public static String run(List<String> command) {
        try {
            Path output = Files.createTempFile("pombal-", ".out");
            Path errors = Files.createTempFile("pombal-", ".err");
            try {
                return run(command, output, errors);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    private static String run(List<String> command, Path output, Path errors) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, UTF_8);
        if (!ended || process.exitValue() != 0) {
            String how = ended ? "failed with exit code " + process.exitValue() : "did not end within " + PATIENCE;
            throw new IllegalStateException(
                    String.join(" ", command) + " " + how + ": " + (printed + Files.readString(errors, UTF_8)).strip());
        }
        return printed;
    }
}
