package org.pombal.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pombal.chaos.history.ClientEvent;
import org.pombal.chaos.history.Outage;
import org.pombal.chaos.history.Round;

/** A run, as a page to read. */
final class Report {

    private static final double[] BOUNDS = {0.5, 1, 2, 4, 8, 12, 20};
    private static final int FAULTS_SHOWN = 200;

    private final List<String> lines = new ArrayList<>();

    Report(String command, String verdict) {
        lines.add("# Chaos run");
        lines.add("");
        lines.add("`" + command + "`");
        lines.add("");
        lines.add(verdict);
    }

    /** The rounds, and how long users went without being served in each. */
    void rounds(List<Round> rounds, List<Outage> outages, long began) {
        lines.add("");
        lines.add("## What was done, and how long users were not served");
        lines.add("");
        lines.add(
                "An outage counts from the disconnection, or the beginning of the first try that failed, to the end of the next that did"
                        + " not.");
        lines.add("");
        StringBuilder head = new StringBuilder("| begin | what | healed after | all served after | machine late |");
        for (double bound : BOUNDS) {
            head.append(" ≤ ").append(bound).append(" s |");
        }
        lines.add(head + " longer | longest |");
        lines.add("|--:|---|--:|--:|--:|" + "--:|".repeat(BOUNDS.length + 2));
        for (Round round : rounds) {
            List<Outage> its = outages.stream()
                    .filter(outage -> Round.at(outage.begin(), rounds).equals(Optional.of(round)))
                    .toList();
            lines.add(row(round, its, began));
        }
    }

    private static String row(Round round, List<Outage> outages, long began) {
        int[] counts = new int[BOUNDS.length + 1];
        Duration longest = Duration.ZERO;
        for (Outage outage : outages) {
            int bucket = 0;
            while (bucket < BOUNDS.length && outage.length().toNanos() / 1e9 > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket]++;
            longest = outage.length().compareTo(longest) > 0 ? outage.length() : longest;
        }
        StringBuilder row = new StringBuilder("| %.0f s | %s | %.1f s | %s | %.2f s |"
                .formatted(
                        (round.begin() - began) / 1e9,
                        round.name(),
                        (round.healed() - round.begin()) / 1e9,
                        round.served().isPresent()
                                ? "%.1f s".formatted((round.served().getAsLong() - round.healed()) / 1e9)
                                : "never",
                        round.late().toMillis() / 1e3));
        for (int count : counts) {
            row.append(' ').append(count).append(" |");
        }
        return row + " %.1f s |".formatted(longest.toMillis() / 1e3);
    }

    /** How many tries of each way went how. */
    void events(List<ClientEvent> events) {
        lines.add("");
        lines.add("## Tries");
        lines.add("");
        lines.add("| way | served | disconnected | failed for now | failed for good |");
        lines.add("|---|--:|--:|--:|--:|");
        Map<String, Map<ClientEvent.Outcome, Long>> counts = events.stream()
                .collect(groupingBy(ClientEvent::way, TreeMap::new, groupingBy(ClientEvent::outcome, counting())));
        counts.forEach((way, outcomes) -> {
            StringBuilder row = new StringBuilder("| " + way + " |");
            for (ClientEvent.Outcome outcome : ClientEvent.Outcome.values()) {
                row.append(' ').append(outcomes.getOrDefault(outcome, 0L)).append(" |");
            }
            lines.add(row.toString());
        });
    }

    void section(String title, List<String> items) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
        items.stream().limit(FAULTS_SHOWN).forEach(item -> lines.add("- " + item));
        if (items.size() > FAULTS_SHOWN) {
            lines.add("- and " + (items.size() - FAULTS_SHOWN) + " more");
        }
        if (items.isEmpty()) {
            lines.add("None.");
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
