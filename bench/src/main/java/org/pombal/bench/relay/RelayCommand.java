package org.pombal.bench.relay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code script/bench relay}. */
public final class RelayCommand {

    private static final Set<String> OPTIONS = Set.of("--quick", "--write");

    private RelayCommand() {}

    /**
     * Measures and prints.
     *
     * @throws IllegalArgumentException naming an option it does not know
     * @throws IOException if the page cannot be written
     */
    public static void run(List<String> options, Path checkout, PrintStream out, PrintStream progress)
            throws IOException {
        for (String option : options) {
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException("relay has no option " + option);
            }
        }
        boolean quick = options.contains("--quick");
        boolean write = options.contains("--write");
        if (quick && write) {
            throw new IllegalArgumentException("the figures of --quick mean nothing and are not written");
        }
        Extent extent = quick ? Extent.QUICK : Extent.FULL;
        String table = new RelayTable(extent, RelayBench.run(extent, checkout, progress::println)).toMarkdown();
        out.print(table);
        if (write) {
            PerformancePage.write(checkout.resolve("docs/performance.md"), table);
        }
    }
}
