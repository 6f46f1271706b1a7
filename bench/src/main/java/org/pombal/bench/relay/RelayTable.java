package org.pombal.bench.relay;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Figures as a Markdown table, a column for each relay. The first is the baseline. */
final class RelayTable {

    private final Extent extent;
    private final List<Figures> relays;

    RelayTable(Extent extent, List<Figures> relays) {
        this.extent = extent;
        this.relays = List.copyOf(relays);
    }

    String toMarkdown() {
        double baseline = relays.get(0).p50Micros();
        List<String> rows = new ArrayList<>();
        rows.add(row("", Figures::relay));
        rows.add("|---|" + "--:|".repeat(relays.size()));
        rows.add(row(extent.inFlight() + " in flight: requests/s", figures -> number(figures.floodPerSecond(), 0)));
        rows.add(row(
                extent.inFlight() + " in flight: CPU per request, µs",
                figures -> ofRelay(figures, figures.floodCpuMicros(), 2)));
        String steady = String.format(Locale.ROOT, "%,d/s one by one: ", extent.perSecond());
        rows.add(row(steady + "CPU per request, µs", figures -> ofRelay(figures, figures.steadyCpuMicros(), 1)));
        rows.add(row(steady + "p50, µs", figures -> number(figures.p50Micros(), 0)));
        rows.add(row(steady + "p99, µs", figures -> number(figures.p99Micros(), 0)));
        rows.add(row(steady + "p50 added, µs", figures -> ofRelay(figures, figures.p50Micros() - baseline, 0)));
        for (int users : extent.knownUsers()) {
            rows.add(row(
                    String.format(Locale.ROOT, "resident with %,d known users, MB", users),
                    figures -> figures.residentBytes().containsKey(users)
                            ? number(figures.residentBytes().getOrDefault(users, 0L) / 1e6, 1)
                            : "–"));
        }
        rows.add(row("resident bytes for each further user", figures -> optional(figures.bytesPerUser())));
        rows.add(row("route cache's own bytes per user", figures -> optional(figures.ownBytesPerUser())));
        rows.add(row("wrong answers", figures -> String.valueOf(figures.bad())));
        return String.join("\n", rows) + "\n";
    }

    private String row(String what, Function<Figures, String> cell) {
        return "| " + what + " | " + relays.stream().map(cell).collect(joining(" | ")) + " |";
    }

    private String ofRelay(Figures figures, double value, int decimals) {
        return figures.equals(relays.get(0)) ? "–" : number(value, decimals);
    }

    private static String optional(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble(), 1) : "–";
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
