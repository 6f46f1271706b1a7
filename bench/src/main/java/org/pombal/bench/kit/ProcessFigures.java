package org.pombal.bench.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What Linux knows of processes; proc(5). */
public final class ProcessFigures {

    /** USER_HZ, which is 100 on all architectures that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int USER_TIME = 13;
    private static final int SYSTEM_TIME = 14;

    private ProcessFigures() {}

    /** User and system time of these processes together, in nanoseconds, in steps of 10 ms. */
    public static long cpuNanos(Set<Long> pids) {
        long ticks = 0;
        for (long pid : pids) {
            String stat = read(pid, "stat");
            // Counted from the third field, which follows the name; that may have spaces itself.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[USER_TIME - 2]) + Long.parseLong(fields[SYSTEM_TIME - 2]);
        }
        return ticks * NANOS_PER_TICK;
    }

    /** Resident memory of these processes together, in bytes. */
    public static long residentBytes(Set<Long> pids) {
        return pids.stream()
                .mapToLong(pid -> read(pid, "status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum())
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " is gone", e);
        }
    }
}
