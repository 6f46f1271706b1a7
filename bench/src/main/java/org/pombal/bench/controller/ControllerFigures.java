package org.pombal.bench.controller;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What came of several starts. */
record ControllerFigures(List<Start> starts) {

    /**
     * One start.
     *
     * @param readySeconds from the launcher until it answers and reaches GeoDB
     * @param residentMegabytes what it takes a while later, with nothing to do
     */
    record Start(double readySeconds, double residentMegabytes) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "ready after %.2f s, idle %.0f MB", readySeconds, residentMegabytes);
        }
    }

    ControllerFigures {
        starts = List.copyOf(starts);
        if (starts.isEmpty()) {
            throw new IllegalArgumentException("there was no start");
        }
    }

    String toMarkdown() {
        return "|  | median | best | worst |\n|---|--:|--:|--:|\n"
                + row("start to ready, s", "%.2f", Start::readySeconds)
                + row("resident when idle, MB", "%.0f", Start::residentMegabytes);
    }

    private String row(String what, String format, ToDoubleFunction<Start> figure) {
        double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
        StringBuilder row = new StringBuilder("| " + what + " |");
        Arrays.stream(new double[] {sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]})
                .forEach(value -> row.append(' ')
                        .append(String.format(Locale.ROOT, format, value))
                        .append(" |"));
        return row.append('\n').toString();
    }
}
