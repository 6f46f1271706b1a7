package org.pombal.bench.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Ends, folders and waits of the benchmark. */
public final class Stopping {

    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long INTERVAL_NANOS = 20_000_000;

    private Stopping() {}

    public static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    /** @throws IllegalStateException naming what was waited for */
    public static void await(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new IllegalStateException(what + " did not happen within " + patience);
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }
}
