package org.pombal.controller.autoscaling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the operator's that is run with a time limit, after which it is killed with all that it started. */
final class Program {

    private static final int MOST_OUTPUT = 4_000;

    private final Path path;
    private final Duration limit;

    Program(Path path, Duration limit) {
        this.path = requireNonNull(path, "path is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    /**
     * Runs it and waits.
     *
     * @param input what it can read
     * @return the beginning of what it printed
     * @throws IOException if it cannot be started, takes too long, or ends with another exit code than 0; the message has what it printed as an error
     */
    String run(String input, String... arguments) throws IOException, InterruptedException {
        Path in = Files.createTempFile("pombal-program-", ".in");
        Path out = Files.createTempFile("pombal-program-", ".out");
        Path errors = Files.createTempFile("pombal-program-", ".err");
        try {
            Files.writeString(in, input, UTF_8);
            List<String> command = new ArrayList<>(List.of(path.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(errors.toFile())
                    .start();
            await(process);
            if (process.exitValue() != 0) {
                throw new IOException(path + " ended with exit code " + process.exitValue() + said(errors));
            }
            return start(out);
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
            Files.deleteIfExists(errors);
        }
    }

    private void await(Process process) throws IOException, InterruptedException {
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        if (!ended) {
            throw new IOException(path + " took longer than " + limit.toMillis() + " ms and was killed");
        }
    }

    private static String said(Path errors) throws IOException {
        String said = start(errors).strip().replaceAll("\\s*\\R\\s*", " | ");
        return said.isEmpty() ? "" : ": " + said;
    }

    private static String start(Path file) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(MOST_OUTPUT, opened.length())];
            opened.readFully(bytes);
            return new String(bytes, UTF_8);
        }
    }
}
