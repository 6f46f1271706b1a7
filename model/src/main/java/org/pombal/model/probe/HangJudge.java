package org.pombal.model.probe;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides by {@link Probe}s whether a server hangs: when a number of them, one after another, has found something failing that was well before
 * in the same run. What was never well says nothing: it may be that it is not offered, or not where it is looked for. Not for use by several
 * threads.
 */
public final class HangJudge {

    /** How the server is. */
    public enum Verdict {
        /** It does not run, or nothing was well yet. */
        UNKNOWN,
        ANSWERS,
        /** Something fails, not often enough. */
        FAILS,
        HANGS
    }

    private final int needed;
    private final Set<String> proven = new HashSet<>();
    private long run;
    private int failures;
    private List<String> reasons = List.of();

    /** @param needed how many probes must fail one after another */
    public HangJudge(int needed) {
        if (needed < 1) {
            throw new IllegalArgumentException("at least one probe must fail, not " + needed);
        }
        this.needed = needed;
    }

    /** A probe was made. */
    public Verdict probed(Probe probe) {
        if (probe.run() != run) {
            stopped();
            run = probe.run();
        }
        probe.checks().forEach((check, failure) -> {
            if (failure.isEmpty()) {
                proven.add(check);
            }
        });
        reasons = probe.checks().entrySet().stream()
                .filter(check -> check.getValue().isPresent() && proven.contains(check.getKey()))
                .map(HangJudge::text)
                .toList();
        failures = reasons.isEmpty() ? 0 : failures + 1;
        return verdict();
    }

    private static String text(Map.Entry<String, Optional<String>> check) {
        return check.getKey() + ": " + check.getValue().orElse("");
    }

    /** It does not run, or is not to be looked at. */
    public void stopped() {
        proven.clear();
        failures = 0;
        reasons = List.of();
    }

    public Verdict verdict() {
        if (proven.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        if (failures == 0) {
            return Verdict.ANSWERS;
        }
        return failures >= needed ? Verdict.HANGS : Verdict.FAILS;
    }

    /** How many probes have failed one after another. */
    public int failures() {
        return failures;
    }

    /** What the last probe found failing that was well before. */
    public List<String> reasons() {
        return reasons;
    }
}
