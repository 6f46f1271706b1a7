package org.pombal.bench.relay;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was measured of one relay: medians of the rounds.
 *
 * @param floodPerSecond requests a second with many in flight
 * @param floodCpuMicros of the relay's processes, for each request
 * @param steadyCpuMicros the same at the fixed rate
 * @param p50Micros from when a request was due to its answer, at the fixed rate
 * @param residentBytes by number of known users
 * @param ownBytesPerUser by the relay's own account, at the largest number
 * @param bad answers that were not as they should be, of all requests
 */
record Figures(
        String relay,
        double floodPerSecond,
        double floodCpuMicros,
        double steadyCpuMicros,
        double p50Micros,
        double p99Micros,
        Map<Integer, Long> residentBytes,
        OptionalDouble ownBytesPerUser,
        long bad) {

    /** Bytes that each further known user takes, between the two largest numbers measured. */
    OptionalDouble bytesPerUser() {
        List<Integer> numbers = residentBytes.keySet().stream().sorted().toList();
        if (numbers.size() < 2) {
            return OptionalDouble.empty();
        }
        int many = numbers.get(numbers.size() - 1);
        int fewer = numbers.get(numbers.size() - 2);
        return OptionalDouble.of((residentBytes.getOrDefault(many, 0L) - residentBytes.getOrDefault(fewer, 0L))
                / (double) (many - fewer));
    }
}
