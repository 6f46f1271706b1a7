package org.pombal.model.vote;

import static java.util.Objects.requireNonNull;

import org.pombal.model.lease.OwnershipTimings;

/**
 * One node's vote. It says one thing only when it has not said the opposite for as long as a break takes, so that no backend that lives
 * on a majority "down" can live on across a majority "up". What it said is in memory, so one that has just started says neither.
 */
public final class Voter {

    private final OwnershipTimings timings;
    private final VoteRules rules;
    private long saidUp;
    private long saidDown;

    /** @param now when the process started, in nanoseconds of the boot clock */
    public Voter(long now, OwnershipTimings timings, VoteRules rules) {
        this.timings = requireNonNull(timings, "timings is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.saidUp = now;
        this.saidDown = now;
    }

    /**
     * The answer to one who wants to hear {@code wanted}. A voter who finds otherwise says neither, and may say the opposite at once: who asks
     * counts only the votes he wants. If the "up" with which a voter answers one who lives on "down" counted as said, the first such question
     * of an outage, which comes before all have noticed, would keep it from "down" for longer than trust lasts.
     *
     * @param geoDbIsUp what this node finds itself
     */
    public Vote answer(long now, boolean geoDbIsUp, Vote wanted) {
        return geoDbIsUp == (wanted == Vote.UP) ? answer(now, geoDbIsUp) : Vote.NEITHER;
    }

    /** @param geoDbIsUp what this node finds itself */
    public Vote answer(long now, boolean geoDbIsUp) {
        if (!rules.maySay(now - (geoDbIsUp ? saidDown : saidUp), timings)) {
            return Vote.NEITHER;
        }
        if (geoDbIsUp) {
            saidUp = now;
            return Vote.UP;
        }
        saidDown = now;
        return Vote.DOWN;
    }
}
