package org.pombal.node.localdb;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Prints what LocalDB really costs: rate of writing, size of the file, time to open and to look up. Run it by hand with a
 * folder that does not exist yet and a number of users; figures depend on the machine. Given a folder that exists, it
 * measures opening and lookups only, as a process does that was just started.
 */
final class LocalDbMeasurement {

    private LocalDbMeasurement() {}

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path folder = Path.of(args[0]);
        int users = Integer.parseInt(args[1]);
        if (Files.notExists(folder)) {
            measureWriting(folder, users);
        }
        measureOpening(folder, "first in this process (loads the driver and SQLite)");
        measureOpening(folder, "again");
        try (LocalDb localDb = LocalDb.open(LocalDbSettings.in(folder), () -> KeptTopology.EMPTY)) {
            for (int round = 0; round < 4; round++) {
                measureLookups(localDb, users);
            }
            System.out.printf("resident memory of the process: %s%n", residentMemory());
        }
    }

    private static void measureWriting(Path folder, int users) throws IOException {
        long start = System.nanoTime();
        try (LocalDb localDb = LocalDb.open(LocalDbSettings.in(folder), () -> KeptTopology.EMPTY)) {
            for (int i = 0; i < users; i++) {
                while (localDb.health().pendingWrites() > 10_000) {
                    Thread.onSpinWait();
                }
                localDb.remember(Fixture.user(i), Fixture.homeOf(i));
            }
            localDb.markSyncedUntil(Instant.now());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("written: %,d users in %.1f s, %,.0f per second%n", users, seconds, users / seconds);
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        System.out.printf("file: %,d bytes, %.1f per user%n", bytes, (double) bytes / users);
    }

    private static void measureOpening(Path folder, String what) {
        long start = System.nanoTime();
        try (LocalDb localDb = LocalDb.open(LocalDbSettings.in(folder), () -> KeptTopology.EMPTY)) {
            boolean known = localDb.homeOf(Fixture.user(1)).isPresent();
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("open and one lookup, %s: %d ms (%s)%n", what, time.toMillis(), known);
        }
    }

    private static void measureLookups(LocalDb localDb, int users) {
        int[] sample = new Random(1).ints(50_000, 0, users).toArray();
        long[] nanos = new long[sample.length];
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < sample.length; i++) {
            long start = System.nanoTime();
            if (!localDb.homeOf(Fixture.user(sample[i])).equals(Optional.of(Fixture.homeOf(sample[i])))) {
                throw new IllegalStateException("user " + sample[i] + " is not known");
            }
            nanos[i] = System.nanoTime() - start;
        }
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        Arrays.sort(nanos);
        System.out.printf(
                "lookup: CPU %.1f µs; mean %.1f µs, p50 %.1f µs, p99 %.1f µs%n",
                cpu / 1e3 / sample.length,
                Arrays.stream(nanos).average().orElseThrow() / 1e3,
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3);
    }

    private static String residentMemory() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst().orElse("unknown");
        }
    }
}
