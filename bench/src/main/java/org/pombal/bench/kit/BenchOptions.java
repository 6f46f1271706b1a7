package org.pombal.bench.kit;

import java.util.List;
import java.util.Set;

/**
 * What every benchmark can be told.
 *
 * @param quick only shows that it works
 * @param write also writes the figures into the page
 */
public record BenchOptions(boolean quick, boolean write) {

    private static final Set<String> KNOWN = Set.of("--quick", "--write");

    /** @throws IllegalArgumentException naming an option it does not know, or both together */
    public static BenchOptions parse(String benchmark, List<String> given) {
        for (String option : given) {
            if (!KNOWN.contains(option)) {
                throw new IllegalArgumentException(benchmark + " has no option " + option);
            }
        }
        BenchOptions options = new BenchOptions(given.contains("--quick"), given.contains("--write"));
        if (options.quick && options.write) {
            throw new IllegalArgumentException("the figures of --quick mean nothing and are not written");
        }
        return options;
    }
}
