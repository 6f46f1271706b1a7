package org.pombal.bench.moves;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.pombal.bench.moves.MovesBench.Change;
import org.pombal.bench.moves.MovesBench.PeerFigures;

/** Figures as a Markdown table, a column for each peer. */
final class MovesTable {

    private final MovesExtent extent;
    private final List<PeerFigures> peers;

    MovesTable(MovesExtent extent, List<PeerFigures> peers) {
        this.extent = extent;
        this.peers = List.copyOf(peers);
    }

    String toMarkdown() {
        List<String> rows = new ArrayList<>();
        rows.add("| | " + peers.stream().map(PeerFigures::peer).collect(joining(" | ")) + " |");
        rows.add("|---|" + "--:|".repeat(peers.size()));
        String moved = String.format(Locale.ROOT, "%,d users moved: ", extent.moved());
        rows.add(row(moved + "pause, p50, ms", Change.MOVE, all -> millis(all.pauseMillis(0.5))));
        rows.add(row(moved + "pause, p99, ms", Change.MOVE, all -> millis(all.pauseMillis(0.99))));
        rows.add(row(moved + "pause, longest, ms", Change.MOVE, all -> millis(all.pauseMillis(1))));
        rows.add(row(moved + "refused logins", Change.MOVE, all -> String.valueOf(all.refused())));
        String drained = String.format(Locale.ROOT, "backend with %,d sessions drained: ", extent.drained());
        rows.add(row(drained + "last session gone, s", Change.DRAIN, all -> seconds(all, all.lastLeft())));
        rows.add(row(drained + "last user in again, s", Change.DRAIN, all -> seconds(all, all.backSeconds(1))));
        rows.add(row(drained + "pause, p99, ms", Change.DRAIN, all -> millis(all.pauseMillis(0.99))));
        rows.add(row(drained + "refused logins", Change.DRAIN, all -> String.valueOf(all.refused())));
        rows.add(row(drained + "sessions left", Change.DRAIN, all -> String.valueOf(all.sessionsLeft())));
        String stopped = String.format(Locale.ROOT, "backend with %,d sessions stopped: ", extent.failedOver());
        rows.add(row(stopped + "first user in again, s", Change.STOP, this::first));
        rows.add(row(stopped + "last user in again, s", Change.STOP, all -> seconds(all, all.backSeconds(1))));
        String killed = String.format(Locale.ROOT, "backend with %,d sessions killed: ", extent.failedOver());
        rows.add(row(killed + "first user in again, s", Change.KILL, this::first));
        rows.add(row(killed + "last user in again, s", Change.KILL, all -> seconds(all, all.backSeconds(1))));
        return String.join("\n", rows) + "\n";
    }

    private String row(String what, Change change, Function<MovesFigures, String> cell) {
        return "| " + what + " | "
                + peers.stream().map(peer -> cell.apply(peer.of(change))).collect(joining(" | ")) + " |";
    }

    private String first(MovesFigures figures) {
        return figures.backNanos().isEmpty()
                ? missing(figures)
                : number(figures.backNanos().get(0) / 1e9, 2);
    }

    private String seconds(MovesFigures figures, double value) {
        return figures.allAreBack() ? number(value, 2) : missing(figures);
    }

    private String missing(MovesFigures figures) {
        return "not within " + extent.patience().toSeconds() + " s: "
                + (figures.users() - figures.outages().size()) + " users";
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "–" : number(value, 0);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
