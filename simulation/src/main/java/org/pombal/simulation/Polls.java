package org.pombal.simulation;

import java.util.Optional;
import java.util.function.Consumer;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.Poll;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;

/** Asks electorates over the network. */
final class Polls {

    private static final long UNLIMITED = 20 * Chance.SECOND;

    private final NodeProcess process;

    Polls(NodeProcess process) {
        this.process = process;
    }

    /**
     * @param askedAt when it was asked for, before the electorate was read
     * @param answered is told once: a majority, or none
     */
    void ask(boolean up, long askedAt, Optional<Electorate> electorate, Consumer<LeaseEvent> answered) {
        Site site = process.site();
        long begunAt = process.now();
        if (electorate.isEmpty()) {
            site.events()
                    .after(
                            100 * Chance.MILLISECOND,
                            () -> process.run(() -> answered.accept(new LeaseEvent.NoMajority(up))));
            return;
        }
        Poll poll = new Poll(
                electorate.get(),
                up ? Vote.UP : Vote.DOWN,
                begunAt,
                site.timings(),
                site.quirks().vote());
        boolean[] told = new boolean[1];
        for (VoterId voter : electorate.get().members()) {
            question(poll, askedAt, voter, told, answered);
        }
        long limit = begunAt + site.timings().pollLimit().toNanos() + Chance.MILLISECOND;
        // A poll without a limit would wait for ever; the variant that has none gives up after a while. Who needs
        // "down" to live on cannot wait so long, and asks again.
        boolean unlimited = site.quirks().vote().counts(Long.MAX_VALUE / 2, site.timings());
        long patience = up && unlimited ? UNLIMITED : 0;
        site.events()
                .at(
                        process.host().clock().trueTime(limit + patience),
                        () -> process.run(() -> {
                            if (!told[0]) {
                                told[0] = true;
                                answered.accept(new LeaseEvent.NoMajority(up));
                            }
                        }));
    }

    private void question(Poll poll, long askedAt, VoterId id, boolean[] told, Consumer<LeaseEvent> answered) {
        Site site = process.site();
        VotingHost voter = site.voter(id);
        String self = process.host().name();
        site.network()
                .send(
                        self,
                        voter.host().name(),
                        () -> voter.ask(poll.asksForUp() ? Vote.UP : Vote.DOWN, vote -> site.network()
                                .send(
                                        voter.host().name(),
                                        self,
                                        () -> process.run(() -> {
                                            Poll.Result result = poll.answer(process.now(), id, vote);
                                            if (result == Poll.Result.MAJORITY && !told[0]) {
                                                told[0] = true;
                                                site.trace(() -> self + ": a majority says "
                                                        + (poll.asksForUp() ? "up" : "down"));
                                                answered.accept(new LeaseEvent.Majority(poll.asksForUp(), askedAt));
                                            }
                                        }))));
    }
}
