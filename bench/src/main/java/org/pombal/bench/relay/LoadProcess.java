package org.pombal.bench.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of the load: a main class of this program in a small JVM of its own. It is spoken to by lines, and ends when
 * its standard input does, so also when this program is killed.
 */
final class LoadProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 10;

    /** Lets its threads wake up on time: Linux otherwise gathers timers of 50 µs. */
    private static final String ON_TIME = "echo 1 2>/dev/null >/proc/self/timerslack_ns; exec \"$@\"";

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    private LoadProcess(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.commands = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    }

    static LoadProcess start(Class<?> main, Path log, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                ON_TIME,
                "load",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new LoadProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + main.getName(), e);
        }
    }

    /** Its next line. */
    String awaitLine() {
        try {
            @Nullable String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("a process of the load has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from a process of the load", e);
        }
    }

    /** Gives it a line; returns the one it answers with. */
    String ask(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to a process of the load", e);
        }
        return awaitLine();
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
