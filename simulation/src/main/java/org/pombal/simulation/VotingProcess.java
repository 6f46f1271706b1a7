package org.pombal.simulation;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.ElectorateView;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.Voter;

/** A process that has a vote: it knows by its own requests whether GeoDB is up. */
class VotingProcess extends NodeProcess {

    private static final long FRESH = 2_500 * Chance.MILLISECOND;

    private final Voter voter;
    private final ElectorateView electorate = new ElectorateView();
    private final Polls polls = new Polls(this);
    private @Nullable FailoverRunner runner;
    private Optional<Electorate> first = Optional.empty();
    private long lastAnswer = Long.MIN_VALUE;

    VotingProcess(Site site, Host host) {
        super(site, host);
        this.voter = new Voter(now(), site.timings(), site.quirks().vote());
    }

    final Vote vote(Vote wanted) {
        return voter.answer(now(), lastAnswer != Long.MIN_VALUE && now() - lastAnswer <= FRESH, wanted);
    }

    final ElectorateView electorate() {
        return electorate;
    }

    final Polls polls() {
        return polls;
    }

    final <T> void askAndNote(CompletionStage<T> request, BiConsumer<@Nullable T, @Nullable Throwable> answered) {
        ask(request, (value, failure) -> {
            if (failure == null) {
                lastAnswer = now();
            }
            answered.accept(value, failure);
        });
    }

    /** Sees to the failover of the site, if it can get that duty. */
    final void beginDuties() {
        FailoverRunner next = new FailoverRunner(this);
        runner = next;
        next.begin();
    }

    final boolean hasDuties() {
        return runner != null;
    }

    /**
     * Whether this process may see to failovers: a backend that cannot hold its own lease leaves that to those who can.
     *
     * @param anotherIsUp whether another backend holds its lease
     */
    boolean mayHaveDuties(boolean anotherIsUp) {
        return true;
    }

    final void giveDutiesUp() {
        FailoverRunner current = runner;
        if (current != null) {
            current.giveUp();
            runner = null;
        }
    }

    final void restartDuties() {
        FailoverRunner current = runner;
        if (current != null) {
            current.end();
            beginDuties();
        }
    }

    /** Looks at the electorate; that is also how it finds out about GeoDB. */
    final void readElectorate() {
        readElectorate(row -> {});
    }

    /** @param answered is told what was read; empty if there is none, or it could not be read */
    final void readElectorate(Consumer<Optional<Electorate>> answered) {
        long begunAt = now();
        askAndNote(geoDb().electorates().find(site().id(), ReadLevel.SERIAL), (row, failure) -> {
            if (row != null) {
                row.ifPresent(known -> electorate.read(begunAt, known));
                first = first.or(() -> row);
            }
            answered.accept(row == null ? Optional.empty() : row);
        });
    }

    /** Asks whether GeoDB is up: the electorate as it stands now. */
    final void confirmUp(Consumer<LeaseEvent> answered) {
        long begunAt = now();
        if (site().quirks().readsElectorateFirst()) {
            readElectorate(row -> polls.ask(true, begunAt, row, answered));
        } else {
            polls.ask(true, begunAt, first, answered);
        }
    }
}
