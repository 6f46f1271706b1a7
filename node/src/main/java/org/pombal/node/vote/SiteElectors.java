package org.pombal.node.vote;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.Vote;
import org.pombal.node.ownership.Electors;
import org.pombal.node.ownership.OwnershipLoop;

/** The site's electorate, asked over the network. Confined to the loop. */
public final class SiteElectors implements Electors {

    /** @param askedAt before the electorate is read for it */
    private record Waiting(long askedAt, Consumer<LeaseEvent> answered) {}

    private final OwnershipLoop loop;
    private final ElectorateReader reader;
    private final Polls polls;
    private List<Waiting> waiting = new ArrayList<>();
    private boolean asking;

    public SiteElectors(OwnershipLoop loop, ElectorateReader reader, Polls polls) {
        this.loop = requireNonNull(loop, "loop is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.polls = requireNonNull(polls, "polls is null");
    }

    @Override
    public void readElectorate() {
        reader.read((row, failure) -> {});
    }

    /** One poll serves all who asked before it began: a rack that dies must not bring a poll for each of its backends. */
    @Override
    public void confirmUp(Consumer<LeaseEvent> answered) {
        waiting.add(new Waiting(loop.now(), answered));
        if (!asking) {
            asking = true;
            askForAll();
        }
    }

    private void askForAll() {
        List<Waiting> all = waiting;
        waiting = new ArrayList<>();
        reader.read((row, failure) -> {
            if (row == null || row.isEmpty()) {
                answer(all, false);
            } else {
                polls.ask(Vote.UP, row.get(), majority -> answer(all, majority));
            }
        });
    }

    private void answer(List<Waiting> all, boolean majority) {
        asking = false;
        for (Waiting each : all) {
            each.answered()
                    .accept(majority ? new LeaseEvent.Majority(true, each.askedAt()) : new LeaseEvent.NoMajority(true));
        }
        if (!asking && !waiting.isEmpty()) {
            asking = true;
            askForAll();
        }
    }

    @Override
    public void confirmDown(long renewalBegan, Consumer<LeaseEvent> answered) {
        Optional<Electorate> electorate = reader.view().sinceRenewal(renewalBegan);
        if (electorate.isEmpty()) {
            loop.later(() -> answered.accept(new LeaseEvent.NoMajority(false)));
            return;
        }
        long begunAt = loop.now();
        polls.ask(
                Vote.DOWN,
                electorate.get(),
                majority -> answered.accept(
                        majority ? new LeaseEvent.Majority(false, begunAt) : new LeaseEvent.NoMajority(false)));
    }
}
