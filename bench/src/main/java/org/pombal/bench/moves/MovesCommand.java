package org.pombal.bench.moves;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.pombal.bench.kit.BenchOptions;
import org.pombal.bench.kit.PerformancePage;

/** {@code script/bench moves}. */
public final class MovesCommand {

    private MovesCommand() {}

    /**
     * Measures and prints.
     *
     * @throws IllegalArgumentException naming an option it does not know
     * @throws IOException if the page cannot be written
     */
    public static void run(List<String> given, Path checkout, PrintStream out, PrintStream progress)
            throws IOException {
        BenchOptions options = BenchOptions.parse("moves", given);
        MovesExtent extent = options.quick() ? MovesExtent.QUICK : MovesExtent.FULL;
        String table = new MovesTable(extent, MovesBench.run(extent, checkout, progress::println)).toMarkdown();
        out.print(table);
        if (options.write()) {
            PerformancePage.MOVES.write(checkout.resolve("docs/performance.md"), table);
        }
    }
}
