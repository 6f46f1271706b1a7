package org.pombal.node.vote;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.Poll;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoteRules;
import org.pombal.model.vote.VoterId;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.node.ownership.Timer;
import org.pombal.node.peer.VoteAnswer;
import org.slf4j.LoggerFactory;

/** Asks electorates. Confined to the loop. */
public final class Polls {

    private final RateLimitedLog problems = new RateLimitedLog(LoggerFactory.getLogger(Polls.class));
    private final OwnershipLoop loop;
    private final VoterTalk talk;
    private final OwnVote own;
    private final OwnershipTimings timings;
    private final VoteMetrics metrics;

    /** Processes by which each voter has answered; the last one, and those before it. */
    private final Map<VoterId, Processes> processes = new HashMap<>();

    private record Processes(UUID last, Optional<UUID> before) {}

    public Polls(OwnershipLoop loop, VoterTalk talk, OwnVote own, OwnershipTimings timings, VoteMetrics metrics) {
        this.loop = requireNonNull(loop, "loop is null");
        this.talk = requireNonNull(talk, "talk is null");
        this.own = requireNonNull(own, "own is null");
        this.timings = requireNonNull(timings, "timings is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /**
     * Asks all members at once.
     *
     * @param wanted up or down
     * @param answered is told once, later, whether a majority says so
     */
    void ask(Vote wanted, Electorate electorate, Consumer<Boolean> answered) {
        new Run(wanted, electorate, answered).begin();
    }

    /** A poll under way. */
    private final class Run {
        private final Poll poll;
        private final Vote wanted;
        private final Consumer<Boolean> answered;
        private final Timer limit;
        private int expected;
        private boolean told;

        Run(Vote wanted, Electorate electorate, Consumer<Boolean> answered) {
            this.wanted = wanted;
            this.poll = new Poll(electorate, wanted, loop.now(), timings, VoteRules.PROTOCOL);
            this.answered = answered;
            this.limit = loop.timer(() -> tell(false));
        }

        void begin() {
            Electorate electorate = poll.electorate();
            expected = electorate.members().size();
            limit.arm(poll.begunAt() + timings.pollLimit().toNanos());
            for (VoterId voter : electorate.members()) {
                if (voter.equals(own.self())) {
                    loop.later(() -> said(voter, own.say(wanted)));
                } else {
                    loop.ask(
                            talk.vote(electorate.site(), voter, wanted, timings.pollLimit()),
                            (answer, failure) -> said(voter, answer == null ? Vote.NEITHER : checked(answer)));
                }
            }
        }

        private void said(VoterId voter, Vote vote) {
            expected--;
            if (poll.answer(loop.now(), voter, vote) == Poll.Result.MAJORITY) {
                tell(true);
            } else if (expected == 0) {
                tell(false);
            }
        }

        private void tell(boolean majority) {
            if (!told) {
                told = true;
                limit.disarm();
                metrics.polled(poll.asksForUp(), majority);
                answered.accept(majority);
            }
        }
    }

    /** The vote, unless two processes answer in turn under one name: each knows only what itself has said before. */
    private Vote checked(VoteAnswer answer) {
        Processes known = processes.get(answer.voter());
        if (known != null && answer.process().equals(known.last())) {
            return answer.vote();
        }
        processes.put(
                answer.voter(),
                new Processes(answer.process(), Optional.ofNullable(known).map(Processes::last)));
        if (known != null && known.before().filter(answer.process()::equals).isPresent()) {
            problems.warn(
                    "two nodes answer as {} (processes {} and {}); give each proxy a name of its own",
                    answer.voter(),
                    known.last(),
                    answer.process());
            return Vote.NEITHER;
        }
        return answer.vote();
    }
}
