package org.pombal.model.sitefailover;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * Whether what a judge sees of lost sites may count. While GeoDB has no majority nothing could be decided, and where a link between data
 * centres heals, what was seen before would be the first to be written after, and would end the sessions of a site that is there. So a judge
 * is blind then, and for {@link FailoverTimings#declareAfter} after it, which is as long as it takes to see that a site is there
 * again. The same holds for a judge that stood still, or that did not look for longer than {@link FailoverTimings#longestGap}: it does not
 * know what was between. Not for use by several threads.
 */
final class JudgeSight {

    private final FailoverTimings timings;
    private final FailoverRules rules;
    private OptionalLong lastLook = OptionalLong.empty();
    private OptionalLong blindUntil = OptionalLong.empty();

    JudgeSight(FailoverTimings timings, FailoverRules rules) {
        this.timings = requireNonNull(timings, "timings is null");
        this.rules = requireNonNull(rules, "rules is null");
    }

    /**
     * It has looked.
     *
     * @param begunAt when it began to, in nanoseconds of a clock that never goes back
     * @param now by the same clock
     */
    void looked(long begunAt, long now, SiteJudge.Majority majority) {
        long unseen = Math.max(now - begunAt, lastLook.isPresent() ? begunAt - lastLook.getAsLong() : 0);
        lastLook = OptionalLong.of(begunAt);
        if (majority == SiteJudge.Majority.NONE || rules.isGap(unseen, timings)) {
            blindUntil = OptionalLong.of(now + timings.declareAfter().toNanos());
        }
        if (blindUntil.isPresent() && now - blindUntil.getAsLong() >= 0) {
            blindUntil = OptionalLong.empty();
        }
    }

    /** Whether losses that are seen do not count, as of the last look. */
    boolean isBlind() {
        return blindUntil.isPresent();
    }
}
