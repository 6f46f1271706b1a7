package org.pombal.bench.relay;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What came of several starts of one kind. */
record StartFigures(String kind, double medianSeconds, double fastest, double slowest, double medianCpuSeconds) {

    static StartFigures of(String kind, List<Launch> launches) {
        double[] wall = sortedSeconds(launches, Launch::nanos);
        double[] cpu = sortedSeconds(launches, Launch::cpuNanos);
        return new StartFigures(kind, wall[wall.length / 2], wall[0], wall[wall.length - 1], cpu[cpu.length / 2]);
    }

    private static double[] sortedSeconds(List<Launch> launches, ToLongFunction<Launch> nanos) {
        return launches.stream()
                .mapToLong(nanos)
                .sorted()
                .mapToDouble(value -> value / 1e9)
                .toArray();
    }

    /** As a Markdown table, a column for each kind. */
    static String toMarkdown(List<StartFigures> kinds) {
        return row("", kinds, StartFigures::kind)
                + "|---|" + "--:|".repeat(kinds.size()) + "\n"
                + row("start to first answer, s: median", kinds, figures -> seconds(figures.medianSeconds()))
                + row("fastest", kinds, figures -> seconds(figures.fastest()))
                + row("slowest", kinds, figures -> seconds(figures.slowest()))
                + row("CPU until then, s: median", kinds, figures -> seconds(figures.medianCpuSeconds()));
    }

    private static String row(String what, List<StartFigures> kinds, Function<StartFigures, String> cell) {
        return "| " + what + " | " + kinds.stream().map(cell).collect(Collectors.joining(" | ")) + " |\n";
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
