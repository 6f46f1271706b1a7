package org.pombal.bench.moves;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What users noticed of one change.
 *
 * @param users who were there
 * @param outages of those who were in again before patience ended
 * @param refused how many logins failed in between, for all
 * @param lastLeft seconds from the change until the last of them had lost his session
 * @param backNanos from the change until each was in again, sorted
 * @param sessionsLeft IMAP processes on the backend they were to leave, at the end
 */
record MovesFigures(
        int users, List<Outage> outages, int refused, double lastLeft, List<Long> backNanos, int sessionsLeft) {

    MovesFigures {
        outages = List.copyOf(requireNonNull(outages, "outages is null"));
        backNanos = List.copyOf(backNanos);
    }

    static MovesFigures of(int users, long beganNanos, List<Outage> outages, int sessionsLeft) {
        return new MovesFigures(
                users,
                outages,
                outages.stream().mapToInt(Outage::refused).sum(),
                outages.stream()
                                .mapToLong(outage -> outage.beganNanos() - beganNanos)
                                .max()
                                .orElse(0)
                        / 1e9,
                outages.stream()
                        .map(outage -> outage.endedNanos() - beganNanos)
                        .sorted()
                        .toList(),
                sessionsLeft);
    }

    boolean allAreBack() {
        return outages.size() >= users;
    }

    /** The pause that so many of the users have at most, in milliseconds; nearest rank. */
    double pauseMillis(double share) {
        List<Long> sorted = outages.stream().map(Outage::nanos).sorted().toList();
        return rank(sorted, share) / 1e6;
    }

    /** Seconds from the change until so many of the users are in again; nearest rank. */
    double backSeconds(double share) {
        return rank(backNanos, share) / 1e9;
    }

    private static double rank(List<Long> sorted, double share) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
