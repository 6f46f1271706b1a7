package org.pombal.simulation.decisions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is counted in a simulated day. */
final class DayFigures {

    private static final int HALF_A_DAY = 12 * 60;

    final List<String> events = new ArrayList<>();
    private final int[] moves;
    private final List<Map<Integer, Integer>> left = new ArrayList<>();
    int takenOver;
    int shed;
    int drained;
    int returns;
    private double sessions;
    private long out;
    private long observations;
    private double peak;

    DayFigures(int groups) {
        moves = new int[groups];
        for (int i = 0; i < groups; i++) {
            left.add(new HashMap<>());
        }
    }

    /** @param balances whether it is for the balance, and not since its backend fails or is drained */
    void moved(int group, double load, boolean balances) {
        if (balances) {
            moves[group]++;
        }
        sessions += load;
    }

    /** A group that is balanced away from where it was and back within half a day goes to and fro. */
    void arrived(int group, int from, int to, int minute) {
        Integer before = left.get(group).get(to);
        if (before != null && minute - before < HALF_A_DAY) {
            returns++;
        }
        left.get(group).put(from, minute);
    }

    void observed(boolean outOfBand, double level) {
        observations++;
        if (outOfBand) {
            out++;
        }
        peak = Math.max(peak, level);
    }

    int moves() {
        int sum = 0;
        for (int one : moves) {
            sum += one;
        }
        return sum;
    }

    int mostMoves() {
        int most = 0;
        for (int one : moves) {
            most = Math.max(most, one);
        }
        return most;
    }

    long sessions() {
        return Math.round(sessions);
    }

    /** Part of the time that backends were out of band. */
    double outOfBand() {
        return (double) out / observations;
    }

    double peak() {
        return peak;
    }
}
