package org.pombal.bench.relay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.pombal.bench.kit.BenchOptions;
import org.pombal.bench.kit.PerformancePage;

/** {@code script/bench relay}. */
public final class RelayCommand {

    private RelayCommand() {}

    /**
     * Measures and prints.
     *
     * @throws IllegalArgumentException naming an option it does not know
     * @throws IOException if the page cannot be written
     */
    public static void run(List<String> given, Path checkout, PrintStream out, PrintStream progress)
            throws IOException {
        BenchOptions options = BenchOptions.parse("relay", given);
        Extent extent = options.quick() ? Extent.QUICK : Extent.FULL;
        String table = new RelayTable(extent, RelayBench.run(extent, checkout, progress::println)).toMarkdown();
        out.print(table);
        if (options.write()) {
            PerformancePage.RELAY.write(checkout.resolve("docs/performance.md"), table);
        }
    }
}
