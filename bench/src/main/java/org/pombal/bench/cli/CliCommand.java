package org.pombal.bench.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.pombal.bench.kit.BenchOptions;
import org.pombal.bench.kit.PerformancePage;

/** {@code script/bench cli}. */
public final class CliCommand {

    private static final int ROUNDS = 30;

    private CliCommand() {}

    /**
     * Measures and prints.
     *
     * @throws IllegalArgumentException naming an option it does not know
     * @throws IOException if a program cannot be run or the page cannot be written
     */
    public static void run(List<String> given, Path checkout, PrintStream out, PrintStream progress)
            throws IOException {
        BenchOptions options = BenchOptions.parse("cli", given);
        String table = CliFigures.toMarkdown(CliBench.run(checkout, options.quick() ? 2 : ROUNDS, progress::println));
        out.print(table);
        if (options.write()) {
            PerformancePage.CLI.write(checkout.resolve("docs/performance.md"), table);
        }
    }
}
