package org.pombal.simulation.decisions;

import java.io.PrintStream;

/** The command {@code script/decisions}. */
public final class Decisions {

    private Decisions() {}

    public static void main(String[] arguments) {
        long seed = 1;
        if (arguments.length != 0) {
            if (arguments.length != 2 || !arguments[0].equals("--seed") || !arguments[1].matches("[0-9]{1,18}")) {
                System.err.println("script/decisions: only '--seed S' is understood; see script/decisions --help");
                System.exit(64);
            }
            seed = Long.parseLong(arguments[1]);
        }
        System.exit(run(seed, System.out) ? 0 : 1);
    }

    /** @return whether all is as it must be */
    static boolean run(long seed, PrintStream out) {
        boolean quality = new BalanceQuality(seed).run(out);
        boolean day = new DayReport(seed).run(out);
        boolean week = new WeekReport(seed).run(out);
        boolean faults = new Faults(seed).run(out);
        boolean good = quality && day && week && faults;
        out.println("decisions " + (good ? "passed" : "FAILED") + ": balance " + verdict(quality) + ", a day "
                + verdict(day) + ", a week " + verdict(week) + ", faults " + verdict(faults) + "; seed " + seed);
        return good;
    }

    private static String verdict(boolean good) {
        return good ? "good" : "BAD";
    }
}
