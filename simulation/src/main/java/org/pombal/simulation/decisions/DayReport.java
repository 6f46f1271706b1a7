package org.pombal.simulation.decisions;

import java.io.PrintStream;

/** A simulated day under the planner and under the original's way. */
final class DayReport {

    private static final int MOST_MOVES_OF_A_GROUP = 2;

    private final long seed;

    DayReport(long seed) {
        this.seed = seed;
    }

    boolean run(PrintStream out) {
        DayFigures planned = new SimulatedDay(seed, false).run().figures;
        DayFigures classic = new SimulatedDay(seed, true).run().figures;
        Table table = new Table(
                "A day of 40 backends and 4,000 groups (bars: 2 moves of a group, 0 back; out of band: more than 10 % from the share)",
                "", "planner", "classic");
        table.row("moves for the balance", planned.moves(), classic.moves());
        table.row("  most of one group", planned.mostMoves(), classic.mostMoves());
        table.row("  back within 12 h", planned.returns, classic.returns);
        table.row("moves off a degraded backend", planned.shed, classic.shed);
        table.row("moves off a backend with load factor 0", planned.drained, classic.drained);
        table.row("groups taken over from the dead backend", planned.takenOver, classic.takenOver);
        table.row("sessions disturbed by moves", planned.sessions(), classic.sessions());
        table.row("time out of band", planned.outOfBand(), classic.outOfBand());
        table.row("highest max/mean", planned.peak(), classic.peak());
        table.print(out);
        planned.events.forEach(event -> out.println("  " + event));
        out.println();
        // One backend went offline, and it came back; the restarts of a minute led to nothing.
        return planned.mostMoves() <= MOST_MOVES_OF_A_GROUP
                && planned.returns == 0
                && planned.events.size() == 2
                && planned.outOfBand() < classic.outOfBand();
    }
}
