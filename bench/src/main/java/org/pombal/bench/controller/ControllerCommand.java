package org.pombal.bench.controller;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pombal.bench.kit.BenchOptions;
import org.pombal.bench.kit.PerformancePage;

/** {@code script/bench controller}. */
public final class ControllerCommand {

    private static final int ROUNDS = 5;
    private static final Duration IDLE = Duration.ofSeconds(15);

    private ControllerCommand() {}

    /**
     * Measures and prints.
     *
     * @throws IllegalArgumentException naming an option it does not know
     * @throws IOException if the page cannot be written
     */
    public static void run(List<String> given, Path checkout, PrintStream out, PrintStream progress)
            throws IOException {
        BenchOptions options = BenchOptions.parse("controller", given);
        String table = ControllerBench.run(
                        checkout,
                        options.quick() ? 1 : ROUNDS,
                        options.quick() ? Duration.ofSeconds(1) : IDLE,
                        progress::println)
                .toMarkdown();
        out.print(table);
        if (options.write()) {
            PerformancePage.CONTROLLER.write(checkout.resolve("docs/performance.md"), table);
        }
    }
}
