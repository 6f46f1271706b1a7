package org.pombal.chaos.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pombal.chaos.history.MailboxSession;
import org.pombal.chaos.history.Overlap;
import org.pombal.chaos.history.SessionHistory;

/** Runs {@code recorder.c}, which says what it records and how, and keeps what it prints in a file besides. */
public final class Recorder implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Process process;
    private final List<String> backends;
    private final BufferedWriter file;
    private final Consumer<Overlap> alarm;
    private final SessionHistory history = new SessionHistory();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread reader;
    private @Nullable String failure;

    private Recorder(Process process, List<String> backends, BufferedWriter file, Consumer<Overlap> alarm) {
        this.process = process;
        this.backends = List.copyOf(backends);
        this.file = file;
        this.alarm = requireNonNull(alarm, "alarm is null");
        this.reader = new Thread(this::read, "chaos-recorder");
    }

    /**
     * Starts it.
     *
     * @param mounts where each backend sees the mail, all of one file system that nothing else uses
     * @param file gets what it prints
     * @param alarm is told of overlaps at once
     * @throws IllegalStateException if it does not start
     */
    public static Recorder start(Path program, Map<String, Path> mounts, Path file, Consumer<Overlap> alarm) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        mounts.values().forEach(mount -> command.add(mount.toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Recorder recorder =
                    new Recorder(process, List.copyOf(mounts.keySet()), Files.newBufferedWriter(file), alarm);
            recorder.reader.start();
            recorder.ready.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
            return recorder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
                file) {
            String line = lines.readLine();
            while (line != null) {
                file.write(line);
                file.newLine();
                take(line.split("\t", -1));
                line = lines.readLine();
            }
            fail("the recorder has ended");
        } catch (IOException | RuntimeException e) {
            fail("reading from the recorder: " + e);
        }
    }

    private void take(String[] fields) {
        switch (fields[0]) {
            case "ready" -> ready.complete(null);
            case "begin" -> begins(fields);
            case "end" -> {
                synchronized (history) {
                    history.ends(Long.parseLong(fields[2]), Long.parseLong(fields[1]));
                }
            }
            default -> throw new IllegalStateException("unknown line " + String.join(" ", fields));
        }
    }

    private void begins(String[] fields) {
        MailboxSession session = new MailboxSession(
                Long.parseLong(fields[2]),
                backends.get(Integer.parseInt(fields[3])),
                fields[4],
                fields[6],
                Integer.parseInt(fields[5]),
                Long.parseLong(fields[1]));
        List<Overlap> found;
        synchronized (history) {
            found = history.begins(session);
        }
        found.forEach(alarm);
    }

    private synchronized void fail(String why) {
        failure = failure == null ? why : failure;
        ready.completeExceptionally(new IllegalStateException(why));
    }

    /** Why it records no more, if so. */
    public synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** The overlaps so far. */
    public List<Overlap> overlaps() {
        synchronized (history) {
            return history.overlaps();
        }
    }

    /** How many sessions began, by the name of the process. */
    public Map<String, Long> begun() {
        synchronized (history) {
            return history.begun();
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            reader.join(STOP.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop the recorder", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
