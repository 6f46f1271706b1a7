package org.pombal.node.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program that ends by itself. */
final class ShortCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How it ended, and what it printed. */
    record Result(int exitCode, String output, String errors) {}

    private ShortCommand() {}

    /** @throws IOException if it cannot be started, or does not end within ten seconds */
    static Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("pombal-check-", ".out");
        Path errors = Files.createTempFile("pombal-check-", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("it did not end within " + PATIENCE.toSeconds() + " s");
                }
            } finally {
                process.destroyForcibly();
            }
            return new Result(
                    process.exitValue(),
                    new String(Files.readAllBytes(output), UTF_8),
                    new String(Files.readAllBytes(errors), UTF_8));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
