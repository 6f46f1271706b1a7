package org.pombal.node.localdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another Java process that has LocalDB open: run with "hold" it waits to be killed, with "write" it writes until then. */
final class OtherProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    static OtherProcess start(String what, Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(), what, folder.toString()));
        return new OtherProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    long pid() {
        return process.pid();
    }

    /** Reads its output up to a line that begins so, and returns the rest of that line. */
    String awaitLine(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException("the other process ended without saying " + beginning);
    }

    /** Waits until it says that at least so many users are in the file, and returns how many. */
    long awaitWritten(long users) throws IOException {
        long written = 0;
        while (written < users) {
            written = Long.parseLong(awaitLine("written "));
        }
        return written;
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws InterruptedException {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        LocalDb localDb = LocalDb.open(
                LocalDbSettings.in(Path.of(args[1])).withRetryInterval(Duration.ofSeconds(1)),
                () -> KeptTopology.EMPTY);
        System.out.println("state " + localDb.health());
        if (args[0].equals("write")) {
            for (int i = 1; i < Integer.MAX_VALUE; i++) {
                localDb.remember(Fixture.user(i), Fixture.homeOf(i));
                localDb.markSyncedUntil(Instant.ofEpochSecond(i));
                while (localDb.health().pendingWrites() > 5_000) {
                    Thread.onSpinWait();
                }
                if (i % 1_000 == 0) {
                    System.out.println("written "
                            + localDb.syncedUntil().orElse(Instant.EPOCH).getEpochSecond());
                }
            }
        }
        Thread.sleep(Duration.ofMinutes(2).toMillis());
    }
}
