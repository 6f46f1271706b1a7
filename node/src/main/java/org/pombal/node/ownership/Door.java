package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Users;
import org.pombal.model.forcemove.ForcedLogins;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.Doorkeeper;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.ownership.GroupKeeper;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.ownership.UserHomes;
import org.pombal.model.ownership.Verdict;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.HomeClaim;
import org.pombal.node.session.ProcessId;
import org.pombal.node.session.SessionBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where those who want in wait until the doorkeeper has decided, and where they are counted when they are let in: in the same step.
 * Confined to the loop.
 */
final class Door {

    private static final Logger log = LoggerFactory.getLogger(Door.class);

    /** Those who wait are judged again after so long, should nobody have told the door that something has changed. */
    private static final long AGAIN = Duration.ofMillis(200).toNanos();

    /** How often the source of a move is told that a user of a group waits. */
    private static final long ASK_SOURCE_AGAIN = Duration.ofSeconds(1).toNanos();

    private final OwnershipLoop loop;
    private final Doorkeeper keeper;
    private final UserHomes homes;
    private final OwnedGroups groups;
    private final SessionBook book;
    private final Users users;
    private final RequestLimit limit;
    private final HoldLimits limits;
    private final GroupTally tally;
    private final ForcedDepartures departures;
    private final Surroundings site;
    private final Set<Arrival> waiting = new LinkedHashSet<>();
    private final Timer timer;

    /**
     * What the door has to know of the site.
     *
     * @param id of this site; empty while it is not known
     * @param isTrusted whether the lease, and the site's failover, let users be served at a moment
     * @param term under which users' rows count in this site; empty while it is not known
     * @param deliveryProcesses how many processes Dovecot may run for deliveries
     * @param movesAway is told that a user of the group was served, which moves the group if this backend takes no new sessions
     */
    record Surroundings(
            Supplier<Optional<SiteId>> id,
            LongPredicate isTrusted,
            Supplier<OptionalLong> term,
            int deliveryProcesses,
            UnknownPlaces places,
            Neighbors neighbors,
            Consumer<GroupId> movesAway) {}

    Door(
            OwnershipLoop loop,
            Doorkeeper keeper,
            UserHomes homes,
            OwnedGroups groups,
            SessionBook book,
            Users users,
            RequestLimit limit,
            HoldLimits limits,
            GroupTally tally,
            ForcedDepartures departures,
            Surroundings site) {
        this.loop = requireNonNull(loop, "loop is null");
        this.keeper = requireNonNull(keeper, "keeper is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.book = requireNonNull(book, "book is null");
        this.users = requireNonNull(users, "users is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.tally = requireNonNull(tally, "tally is null");
        this.departures = requireNonNull(departures, "departures is null");
        this.site = requireNonNull(site, "site is null");
        this.timer = loop.timer(this::judgeAllAgain);
    }

    void arrive(Arrival arrival) {
        arrival.came(loop.now(), limits.limit(arrival.kind()));
        judge(arrival);
    }

    int waiting() {
        return waiting.size();
    }

    /** Something has changed that may concern everybody. */
    void judgeAllAgain() {
        judgeAgain(arrival -> true);
    }

    /** Something has changed about the group. */
    void judgeAgain(GroupId group) {
        judgeAgain(arrival ->
                arrival.waitsFor().isEmpty() || arrival.waitsFor().get().equals(group));
    }

    private void judgeAgain(Predicate<Arrival> which) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Arrival> some = new ArrayList<>(waiting);
        some.removeIf(which.negate());
        waiting.removeAll(some);
        some.forEach(this::judge);
        armTimer();
    }

    private void armTimer() {
        timer.arm(waiting.isEmpty() ? Long.MAX_VALUE : loop.now() + AGAIN);
    }

    private void judge(Arrival arrival) {
        long now = loop.now();
        if (arrival.isDecided()) {
            return;
        }
        if (now >= arrival.until()) {
            decide(arrival, new Arrival.Outcome.Refused(arrival.why()));
            return;
        }
        boolean trusted = site.isTrusted().test(now);
        if (arrival.isPinned() && trusted) {
            serve(arrival, Optional.empty());
            return;
        }
        Optional<SiteId> here = site.id().get();
        if (here.isEmpty()) {
            hold(arrival, "this node's site is not known yet", Optional.empty());
            return;
        }
        Optional<GroupId> home = homes.lastKnown(arrival.user());
        if (home.isPresent() && !home.get().site().equals(here.get())) {
            readHome(arrival, Optional.empty(), here.get());
            return;
        }
        home.map(groups::driver)
                .filter(driver -> wantsToKnow(driver.keeper(), arrival))
                .ifPresent(driver -> driver.event(new GroupEvent.Arrived(arrival.user())));
        Doorkeeper.Step step = keeper.judge(now, arrival.user(), trusted, arrival.isBeginning());
        if (step instanceof Doorkeeper.Step.ReadUser read) {
            readHome(arrival, read.known(), here.get());
        } else if (step instanceof Doorkeeper.Step.Look look) {
            lookAt(arrival, look.group());
        } else {
            decided(arrival, (Doorkeeper.Step.Decided) step);
        }
    }

    /** The source has users who come again leave; one whose session begins came before, and has been told about then. */
    private static boolean wantsToKnow(GroupKeeper group, Arrival arrival) {
        return group.row().filter(UserGroup::isInHandover).isPresent() && !(arrival.isBeginning() && group.isOwner());
    }

    private void readHome(Arrival arrival, Optional<UserGroup> known, SiteId here) {
        OptionalLong term = site.term().get();
        if (term.isEmpty()) {
            hold(arrival, "whether others have taken the site's users over is not known yet", Optional.empty());
            return;
        }
        loop.ask(limit.run(() -> users.find(arrival.user(), ReadLevel.SERIAL)), (found, failure) -> {
            if (!term.equals(site.term().get())) {
                // Read before a failover that is over now, so it says nothing.
                judge(arrival);
            } else if (found == null) {
                hold(arrival, "GeoDB: " + reason(failure), Optional.empty());
            } else if (found.isEmpty()) {
                homes.forget(arrival.user());
                place(arrival);
            } else {
                homeRead(arrival, found.get(), known, here);
            }
        });
    }

    private void homeRead(Arrival arrival, User user, Optional<UserGroup> known, SiteId here) {
        HomeClaim claim = HomeClaim.of(user, here, site.term().get().orElse(Long.MAX_VALUE));
        if (claim instanceof HomeClaim.Claim claiming) {
            claim(arrival, claiming.next(), known, here);
            return;
        }
        homes.remember(loop.now(), user.key(), user.home(), known);
        if (claim instanceof HomeClaim.Here) {
            judge(arrival);
        } else {
            decide(arrival, new Arrival.Outcome.OtherSite(user.home().site()));
        }
    }

    /** A failover of the site has come to an end since the row was written: whoever would still take the user over comes too late then. */
    private void claim(Arrival arrival, User next, Optional<UserGroup> known, SiteId here) {
        hold(arrival, "the user's row is claimed after a failover of the site", Optional.empty());
        loop.ask(limit.run(() -> users.update(next)), (outcome, failure) -> {
            if (outcome instanceof Cas.Applied<User> applied
                    && site.term().get().equals(OptionalLong.of(applied.row().homeTerm()))) {
                homeRead(arrival, applied.row(), known, here);
            }
            // Otherwise it is judged again with those who wait.
        });
    }

    private void place(Arrival arrival) {
        loop.ask(site.places().place(arrival.user(), arrival.tag()), (placed, failure) -> {
            if (failure == null) {
                judge(arrival);
            } else {
                decide(arrival, new Arrival.Outcome.Refused(reason(failure)));
            }
        });
    }

    private void lookAt(Arrival arrival, GroupId group) {
        GroupDriver driver = groups.driver(group);
        boolean hasNoRow = driver.keeper().row().isEmpty();
        hold(arrival, "the row of group " + group.name() + " is being read", Optional.of(group));
        if (hasNoRow) {
            loop.ask(site.places().place(group), (placed, failure) -> driver.event(new GroupEvent.Look()));
        } else {
            driver.event(new GroupEvent.Look());
        }
    }

    private void decided(Arrival arrival, Doorkeeper.Step.Decided decided) {
        Verdict verdict = decided.verdict();
        if (verdict instanceof Verdict.Serve) {
            serveOrMove(arrival, decided.group());
        } else if (verdict instanceof Verdict.Elsewhere elsewhere) {
            sendOn(arrival, decided.group(), elsewhere);
        } else if (verdict instanceof Verdict.AskSource ask) {
            if (arrival.mayAskSource(loop.now(), ASK_SOURCE_AGAIN)) {
                site.neighbors().arrived(ask.source(), decided.group(), arrival.user());
            }
            hold(arrival, "the user is being moved here", Optional.of(decided.group()));
        } else {
            hold(arrival, ((Verdict.Hold) verdict).why(), Optional.of(decided.group()));
        }
    }

    /** A departure that has been written is seen by the owner sooner or later, so whoever is served all the same is moved then. */
    private void serveOrMove(Arrival arrival, GroupId group) {
        ForcedLogins.Step step = departures.before(arrival, group, () -> judgeAgain(group));
        if (step instanceof ForcedLogins.Step.Serve) {
            serve(arrival, Optional.of(group));
        } else if (step instanceof ForcedLogins.Step.Look) {
            lookAt(arrival, group);
        } else {
            hold(arrival, "the user is to be moved elsewhere", Optional.of(group));
        }
    }

    /** Whoever comes may have been sent by the one whom an older row names; so nobody is sent on by what was read before he came. */
    private void sendOn(Arrival arrival, GroupId group, Verdict.Elsewhere elsewhere) {
        GroupKeeper known = groups.keeper(group);
        if (known.isOwner() || known.rowReadAt() >= arrival.cameAt()) {
            decide(arrival, new Arrival.Outcome.Elsewhere(elsewhere.backend()));
        } else {
            lookAt(arrival, group);
        }
    }

    private void hold(Arrival arrival, String why, Optional<GroupId> group) {
        if (!arrival.isHeld() && !limits.hold(arrival.kind(), site.deliveryProcesses())) {
            arrival.decide(new Arrival.Outcome.Refused(why + ", and as many deliveries wait as may"));
            return;
        }
        arrival.hold(why, group);
        waiting.add(arrival);
        if (waiting.size() == 1) {
            armTimer();
        }
    }

    private void decide(Arrival arrival, Arrival.Outcome outcome) {
        if (arrival.isHeld()) {
            limits.release(arrival.kind());
        }
        if (arrival.way() instanceof Arrival.Way.Session session) {
            session.login().ifPresent(book::asked);
        }
        arrival.decide(outcome);
    }

    private void serve(Arrival arrival, Optional<GroupId> group) {
        group.ifPresent(site.movesAway());
        Arrival.Outcome outcome = count(arrival, group);
        if (outcome instanceof Arrival.Outcome.Served) {
            group.ifPresent(its -> tally.served(arrival.way(), its));
        }
        decide(arrival, outcome);
        group.map(groups::driver)
                .filter(driver -> driver.keeper()
                        .row()
                        .filter(row -> row.isMoving() || !row.leaving().isEmpty())
                        .isPresent())
                .ifPresent(driver -> driver.event(new GroupEvent.SessionsChanged()));
    }

    private Arrival.Outcome count(Arrival arrival, Optional<GroupId> group) {
        Arrival.Way way = arrival.way();
        if (way instanceof Arrival.Way.Login login) {
            book.letIn(loop.now(), login.reference(), arrival.user(), group);
            return new Arrival.Outcome.Served();
        }
        if (way instanceof Arrival.Way.Session session) {
            return begin(session.process(), arrival, group);
        }
        if (way instanceof Arrival.Way.Opening opening) {
            return begin(opening.process(), arrival, group);
        }
        return new Arrival.Outcome.Served();
    }

    private Arrival.Outcome begin(ProcessId process, Arrival arrival, Optional<GroupId> group) {
        try {
            return book.begin(process, arrival.user(), group)
                    ? new Arrival.Outcome.Served()
                    : new Arrival.Outcome.Refused("process " + process.pid()
                            + " cannot be watched by the guardian, so it could not be ended either");
        } catch (IOException e) {
            log.error("cannot write down who is served, so nobody is let in: {}", e.toString());
            return new Arrival.Outcome.Refused("the session journal cannot be written: " + e);
        }
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        return cause == null ? "no answer" : String.valueOf(cause.getMessage());
    }
}
