package org.pombal.node.vote;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoteRules;
import org.pombal.model.vote.Voter;
import org.pombal.model.vote.VoterId;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.ownership.Timer;
import org.pombal.node.peer.VoteAnswer;
import org.pombal.node.peer.Voting;

/**
 * This node's vote. While it is in the electorate, or is asked all the same, it finds out with each renewal interval whether GeoDB is up;
 * else it only looks now and then whether it is in the electorate. Confined to the loop, but for {@link #vote}.
 */
public final class OwnVote implements Voting {

    private static final int SELDOM = 10;

    /** How long after it was asked a node goes on to look at GeoDB, in renewal intervals. */
    private static final int INTEREST = 30;

    private static final int MAX_UNDER_WAY = 3;

    private final OwnershipLoop loop;
    private final ElectorateReader reader;
    private final VoterId self;
    private final UUID process = UUID.randomUUID();
    private final BooleanSupplier hasNamesake;
    private final VoteMetrics metrics;
    private final Voter voter;
    private final long interval;
    private final Timer timer;
    private long askedAt = Long.MIN_VALUE;

    /**
     * Makes the vote of a process that has just started.
     *
     * @param hasNamesake whether another node bears this one's name; then neither may vote, because each knows only what itself has said
     */
    public OwnVote(
            OwnershipLoop loop,
            ElectorateReader reader,
            VoterId self,
            BooleanSupplier hasNamesake,
            OwnershipTimings timings,
            VoteMetrics metrics) {
        this.loop = requireNonNull(loop, "loop is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.self = requireNonNull(self, "self is null");
        this.hasNamesake = requireNonNull(hasNamesake, "hasNamesake is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.voter = new Voter(loop.now(), timings, VoteRules.PROTOCOL);
        this.interval = timings.renewEvery().toNanos();
        this.timer = loop.timer(this::look);
    }

    /** Begins to look at GeoDB, and goes on until the loop ends. */
    public void start() {
        loop.execute(this::look);
    }

    VoterId self() {
        return self;
    }

    @Override
    public CompletionStage<VoteAnswer> vote(Vote wanted) {
        CompletableFuture<VoteAnswer> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(new VoteAnswer(self, process, say(wanted))));
        return answer;
    }

    /** What it says now to one who wants to hear that. */
    Vote say(Vote wanted) {
        askedAt = loop.now();
        look();
        Optional<Boolean> up = hasNamesake.getAsBoolean() ? Optional.empty() : reader.isGeoDbUp();
        Vote said = up.map(isUp -> voter.answer(loop.now(), isUp, wanted)).orElse(Vote.NEITHER);
        metrics.said(said);
        return said;
    }

    private void look() {
        long now = loop.now();
        long period = isWanted(now) ? interval : interval * SELDOM;
        long last = reader.lastBegun();
        if (last == Long.MIN_VALUE || (now - last >= period && reader.underWay() < MAX_UNDER_WAY)) {
            reader.read((row, failure) -> {});
        }
        metrics.electorate(reader.view().last(), self);
        timer.arm(now + Math.min(period, interval));
    }

    private boolean isWanted(long now) {
        return (askedAt != Long.MIN_VALUE && now - askedAt <= interval * INTEREST)
                || reader.view()
                        .last()
                        .filter(electorate -> electorate.has(self))
                        .isPresent();
    }
}
