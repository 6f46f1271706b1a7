package org.pombal.node.load;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.statistics.HostMetric;

/**
 * What the kernel said about this machine at a moment: {@code /proc/stat}, {@code /proc/meminfo} and {@code /proc/vmstat}, see proc(5).
 *
 * @param busy CPU time that was not idle since the boot, of all CPUs, in ticks
 * @param all CPU time since the boot, in ticks
 * @param memoryUsed part of the memory that is not available to programs; empty if the kernel does not say
 * @param refaults file pages since the boot that were read again soon after they had been dropped; empty if the kernel does not count them
 */
record HostReading(long busy, long all, Optional<Double> memoryUsed, Optional<Long> refaults) {

    private static final Path PROC = Path.of("/proc");
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISKS = 4;

    /** Time of guests is in the time of users too. */
    private static final int KINDS = 8;

    HostReading {
        requireNonNull(memoryUsed, "memoryUsed is null");
        requireNonNull(refaults, "refaults is null");
    }

    /** @throws IOException if the kernel does not tell */
    static HostReading now() throws IOException {
        return parse(read("stat"), read("meminfo"), read("vmstat"));
    }

    private static String read(String file) throws IOException {
        return Files.readString(PROC.resolve(file));
    }

    /** @throws IOException if there is no CPU time in it */
    static HostReading parse(String stat, String meminfo, String vmstat) throws IOException {
        String[] cpu = stat.lines().findFirst().orElse("").trim().split("\\s+", -1);
        if (cpu.length <= WAITING_FOR_DISKS + 1 || !cpu[0].equals("cpu")) {
            throw new IOException("/proc/stat does not begin with the time of all CPUs");
        }
        long all = 0;
        long idle = 0;
        for (int kind = 0; kind < Math.min(KINDS, cpu.length - 1); kind++) {
            long ticks = Long.parseLong(cpu[kind + 1]);
            all += ticks;
            idle += kind == IDLE || kind == WAITING_FOR_DISKS ? ticks : 0;
        }
        return new HostReading(all - idle, all, memoryUsed(numbers(meminfo, ":")), refaults(numbers(vmstat, "")));
    }

    private static Optional<Double> memoryUsed(Map<String, Long> meminfo) {
        Optional<Long> total = Optional.ofNullable(meminfo.get("MemTotal")).filter(bytes -> bytes > 0);
        Optional<Long> available = Optional.ofNullable(meminfo.get("MemAvailable"));
        return total.flatMap(of -> available.map(free -> 1 - (double) free / of));
    }

    /** Kernels before 5.9 count anonymous pages too. */
    private static Optional<Long> refaults(Map<String, Long> vmstat) {
        return Optional.ofNullable(vmstat.get("workingset_refault_file"))
                .or(() -> Optional.ofNullable(vmstat.get("workingset_refault")));
    }

    private static Map<String, Long> numbers(String lines, String afterName) {
        return lines.lines()
                .map(line -> line.split("\\s+", -1))
                .filter(words -> words.length >= 2 && words[0].endsWith(afterName) && words[1].matches("[0-9]{1,18}"))
                .collect(toMap(
                        words -> words[0].substring(0, words[0].length() - afterName.length()),
                        words -> Long.parseLong(words[1]),
                        (first, again) -> first,
                        HashMap::new));
    }

    /** What was between an earlier reading and this one, without the metrics that the kernel does not tell. */
    Map<HostMetric, Double> since(HostReading earlier, Duration passed) {
        Map<HostMetric, Double> metrics = new EnumMap<>(HostMetric.class);
        memoryUsed.ifPresent(used -> metrics.put(HostMetric.MEMUSED, used));
        if (all > earlier.all) {
            metrics.put(HostMetric.CPU, (double) Math.max(0, busy - earlier.busy) / (all - earlier.all));
        }
        refaults.ifPresent(pages -> earlier.refaults.ifPresent(
                before -> metrics.put(HostMetric.CACHE, Math.max(0, pages - before) / (passed.toNanos() / 1e9))));
        return metrics;
    }
}
