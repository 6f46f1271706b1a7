package org.pombal.model.vote;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;
import org.pombal.model.lease.OwnershipTimings;

/** One question to an electorate: is GeoDB up, or is it down? Answers that come after the limit do not count. */
public final class Poll {

    /** How a poll stands. */
    public enum Result {
        OPEN,
        MAJORITY,
        FAILED
    }

    private final Electorate electorate;
    private final Vote wanted;
    private final long begunAt;
    private final OwnershipTimings timings;
    private final VoteRules rules;
    private final Set<VoterId> agreeing = new HashSet<>();

    /**
     * @param wanted {@link Vote#UP} or {@link Vote#DOWN}
     * @param begunAt before the first question is sent, in nanoseconds of the boot clock
     */
    public Poll(Electorate electorate, Vote wanted, long begunAt, OwnershipTimings timings, VoteRules rules) {
        this.electorate = requireNonNull(electorate, "electorate is null");
        this.wanted = requireNonNull(wanted, "wanted is null");
        this.begunAt = begunAt;
        this.timings = requireNonNull(timings, "timings is null");
        this.rules = requireNonNull(rules, "rules is null");
        if (wanted == Vote.NEITHER) {
            throw new IllegalArgumentException("a poll asks for up or for down");
        }
    }

    public boolean asksForUp() {
        return wanted == Vote.UP;
    }

    public Electorate electorate() {
        return electorate;
    }

    public long begunAt() {
        return begunAt;
    }

    /** An answer has come; a voter's second answer to one poll changes nothing. */
    public Result answer(long now, VoterId voter, Vote vote) {
        if (vote == wanted && electorate.has(voter) && rules.counts(now - begunAt, timings)) {
            agreeing.add(voter);
        }
        return result(now);
    }

    public Result result(long now) {
        if (agreeing.size() >= electorate.majority()) {
            return Result.MAJORITY;
        }
        return rules.counts(now - begunAt, timings) ? Result.OPEN : Result.FAILED;
    }
}
