package org.pombal.node.vote;

import static java.util.Objects.requireNonNull;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Electorates;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.ElectorateRegistrar;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.ownership.OwnershipLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the site's electorate towards the nodes that are there: one change at a time, each agreed to by a majority of those who vote.
 * Confined to the loop.
 */
public final class ElectorateTender {

    private static final Logger log = LoggerFactory.getLogger(ElectorateTender.class);
    private static final RateLimitedLog problems = new RateLimitedLog(log);

    /** How often it is looked whether something is to change, in renewal intervals. */
    private static final int SELDOM = 3;

    private final OwnershipLoop loop;
    private final Electorates electorates;
    private final ElectorateReader reader;
    private final Polls polls;
    private final Function<Set<VoterId>, NavigableSet<VoterId>> wanted;
    private final BooleanSupplier settled;
    private final long interval;
    private boolean busy;
    private long nextAt = Long.MIN_VALUE;

    /**
     * @param wanted who should vote, given who votes; see {@link org.pombal.model.vote.Sightings#wanted}
     * @param settled whether a first electorate may be made of them; see {@link org.pombal.model.vote.Sightings#settled}
     */
    public ElectorateTender(
            OwnershipLoop loop,
            Electorates electorates,
            ElectorateReader reader,
            Polls polls,
            Function<Set<VoterId>, NavigableSet<VoterId>> wanted,
            BooleanSupplier settled,
            OwnershipTimings timings) {
        this.loop = requireNonNull(loop, "loop is null");
        this.electorates = requireNonNull(electorates, "electorates is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.polls = requireNonNull(polls, "polls is null");
        this.wanted = requireNonNull(wanted, "wanted is null");
        this.settled = requireNonNull(settled, "settled is null");
        this.interval = timings.renewEvery().toNanos() * SELDOM;
    }

    /** Makes the next change, if one is due. To be called often by the one who has this duty. */
    public void tend() {
        if (busy || loop.now() < nextAt) {
            return;
        }
        busy = true;
        nextAt = loop.now() + interval;
        reader.read((row, failure) -> {
            Optional<SiteId> site = reader.site();
            if (row == null || site.isEmpty()) {
                busy = false;
            } else if (row.isEmpty()) {
                found(site.get());
            } else {
                change(row.get());
            }
        });
    }

    private void found(SiteId site) {
        NavigableSet<VoterId> members = wanted.apply(Set.of()).stream()
                .limit(Electorate.MAX_MEMBERS)
                .collect(Collectors.toCollection(TreeSet::new));
        if (members.isEmpty() || !settled.getAsBoolean()) {
            busy = false;
        } else {
            write(Electorate.first(site, members), "it begins");
        }
    }

    private void change(Electorate standing) {
        Optional<Electorate> next = ElectorateRegistrar.next(standing, wanted.apply(standing.members()));
        if (next.isEmpty()) {
            busy = false;
            return;
        }
        polls.ask(Vote.UP, standing, majority -> {
            if (majority) {
                write(next.get(), difference(standing, next.get()));
            } else {
                busy = false;
                problems.warn(
                        "a change of the electorate waits: no majority of {} says that GeoDB is up",
                        standing.members());
            }
        });
    }

    private static String difference(Electorate standing, Electorate next) {
        return next.members().stream()
                .filter(voter -> !standing.has(voter))
                .findFirst()
                .map(added -> "added " + added)
                .orElseGet(() -> standing.members().stream()
                        .filter(voter -> !next.has(voter))
                        .findFirst()
                        .map(gone -> "removed " + gone)
                        .orElse("unchanged"));
    }

    private void write(Electorate next, String what) {
        loop.ask(electorates.update(next), (outcome, failure) -> {
            busy = false;
            nextAt = loop.now();
            if (outcome instanceof Cas.Applied<Electorate> applied) {
                log.atInfo()
                        .addKeyValue("event", "cluster_electorate_changed")
                        .addKeyValue("version", applied.row().version())
                        .log("{}; these nodes vote: {}", what, applied.row().members());
            } else {
                nextAt += interval;
            }
        });
    }
}
