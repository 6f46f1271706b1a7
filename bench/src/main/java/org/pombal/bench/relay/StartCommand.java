package org.pombal.bench.relay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.pombal.bench.kit.BenchOptions;
import org.pombal.bench.kit.PerformancePage;

/** {@code script/bench start}. */
public final class StartCommand {

    private static final int ROUNDS = 9;
    private static final int USERS = 1_000_000;
    private static final int QUICK_USERS = 1_000;

    private StartCommand() {}

    /**
     * Measures and prints.
     *
     * @throws IllegalArgumentException naming an option it does not know
     * @throws IOException if the page cannot be written
     */
    public static void run(List<String> given, Path checkout, PrintStream out, PrintStream progress)
            throws IOException {
        BenchOptions options = BenchOptions.parse("start", given);
        String table = StartFigures.toMarkdown(StartBench.run(
                checkout, options.quick() ? 1 : ROUNDS, options.quick() ? QUICK_USERS : USERS, progress::println));
        out.print(table);
        if (options.write()) {
            PerformancePage.START.write(checkout.resolve("docs/performance.md"), table);
        }
    }
}
