package org.pombal.bench.cli;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a command took.
 *
 * @param what was run
 * @param nanos from its start to its end, each time
 */
record CliFigures(String what, List<Long> nanos) {

    CliFigures {
        nanos = List.copyOf(nanos);
    }

    static String toMarkdown(List<CliFigures> all) {
        return "| command | median | 9 of 10 within | longest |\n|---|---|---|---|\n"
                + all.stream().map(CliFigures::line).collect(joining());
    }

    private String line() {
        return String.format(
                Locale.ROOT, "| %s | %.3f s | %.3f s | %.3f s |%n", what, seconds(0.5), seconds(0.9), seconds(1));
    }

    /** @param share 0 to 1 */
    double seconds(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))] / 1e9;
    }

    @Override
    public String toString() {
        return what + ": " + Arrays.toString(new double[] {seconds(0.5), seconds(1)});
    }
}
