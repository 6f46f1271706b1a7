package org.pombal.simulation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseHolder;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseOwner;
import org.pombal.model.ownership.Doorkeeper;
import org.pombal.model.ownership.GroupEvent;
import org.pombal.model.ownership.GroupKeeper;
import org.pombal.model.ownership.MoveLimiter;
import org.pombal.model.ownership.Surroundings;
import org.pombal.model.ownership.UserHomes;

/** The node of a backend: its lease, its part in each group, and the door. */
final class BackendNode extends VotingProcess {

    private static final int HOMES = 100;
    private static final long ALONE = 9 * Chance.SECOND;
    private static final long LOOK_AROUND = 1_500 * Chance.MILLISECOND;

    private final SessionBook book;
    private final LeaseHolder holder;
    private final LeaseTalk lease;
    private final Map<GroupId, GroupTalk> groups = new LinkedHashMap<>();
    private final Door door;
    private final List<BreakerWatch> watches = new ArrayList<>();
    private long announced;

    BackendNode(Site site, Host host) {
        super(site, host);
        this.book = new SessionBook(site.quirks());
        LeaseId id = new LeaseId.OfBackend(host.backend());
        this.holder = new LeaseHolder(
                new LeaseOwner(id, host.name(), site.chance().id(), site.heldIncarnation(host)),
                new BreakPolicy(site.profile().outage(), site.profile().takeover(), false),
                site.timings(),
                site.quirks().lease());
        this.lease = new LeaseTalk(this, id, holder::onEvent, holder::nextTick, this::perform, this::afterLease);
        Surroundings around = new Surroundings(
                host.backend(),
                book,
                new MoveLimiter(site.profile().parallelMoves()),
                site.timings(),
                site.quirks().handOver());
        for (GroupId group : site.groupIds()) {
            groups.put(group, new GroupTalk(this, new GroupKeeper(group, around)));
        }
        UserHomes homes = new UserHomes(HOMES, site.quirks().handOver());
        Doorkeeper doorkeeper = new Doorkeeper(
                homes,
                group -> group(group).keeper(),
                user -> group(site.groupOf(user)).keeper().row(),
                site.timings());
        this.door = new Door(this, doorkeeper, homes, book);
    }

    void begin() {
        for (MailProcess process : host().processes()) {
            if (host().isUnknown(process) || !process.isSession()) {
                book.addOlder(process);
            } else {
                book.add(process);
            }
        }
        dutiesAnyway();
        run(() -> {
            lease.event(new LeaseEvent.Tick());
            lookAround();
        });
    }

    /** Should nobody in the site hold a lease any more, somebody has to see to the first. */
    private void dutiesAnyway() {
        site().events()
                .after(
                        ALONE,
                        () -> run(() -> {
                            if (!site().profile().controllers() && !hasDuties()) {
                                beginDuties();
                            }
                            dutiesAnyway();
                        }));
    }

    @Override
    boolean mayHaveDuties(boolean anotherIsUp) {
        return holder.incarnation() != 0 || !anotherIsUp;
    }

    private void lookAround() {
        readElectorate();
        groups.values().forEach(group -> group.event(new GroupEvent.Look()));
        site().events().after(LOOK_AROUND, () -> run(this::lookAround));
    }

    LeaseHolder holder() {
        return holder;
    }

    /** Whether logins are let in now. */
    boolean mayServe() {
        return holder.isTrusted(now()) && host().guardian().letsServe();
    }

    GroupTalk group(GroupId id) {
        return requireNonNull(groups.get(id));
    }

    Door door() {
        return door;
    }

    void dovecotGone() {
        // Something may have been let in since.
        if (host().processes().isEmpty()) {
            lease.event(new LeaseEvent.DovecotGone());
        }
    }

    void release() {
        lease.event(new LeaseEvent.ReleaseAsked());
    }

    private void perform(LeaseAction action) {
        if (action instanceof LeaseAction.Trust trust) {
            host().holds(trust.incarnation());
            host().guardian().trust(trust.until());
            site().trusts(host());
        } else if (action instanceof LeaseAction.Fence fence) {
            host().guardian().withdraw(fence.reason());
        } else if (action instanceof LeaseAction.ReadElectorate) {
            readElectorate();
        } else if (action instanceof LeaseAction.AskElectorate ask) {
            if (ask.up()) {
                confirmUp(lease::event);
            } else {
                polls().ask(false, now(), electorate().sinceRenewal(holder.renewalBegan()), lease::event);
            }
        } else if (action instanceof LeaseAction.Refuse refuse) {
            site().trace(() -> host().name() + ": " + refuse.message());
            end();
        } else if (action instanceof LeaseAction.Released) {
            site().trace(() -> host().name() + ": lease released");
            end();
        }
    }

    /** This process has nothing more to do; its machine starts another. */
    private void end() {
        kill();
        site().restartLater(host(), site().chance().milliseconds(500, 4_000));
    }

    private void afterLease() {
        long incarnation = holder.incarnation();
        if (incarnation != announced) {
            announced = incarnation;
            GroupEvent event = incarnation == 0
                    ? new GroupEvent.LeaseLost()
                    : new GroupEvent.LeaseHeld(incarnation, holder.isResumed());
            groups.values().forEach(group -> group.event(event));
            // One that cannot hold its own lease has no business with those of others; it might even fence itself.
            if (incarnation != 0 && !site().profile().controllers() && !hasDuties()) {
                beginDuties();
            }
        }
    }

    void proveOver(BackendId backend, long incarnation) {
        watches.removeIf(BreakerWatch::isStopped);
        if (watches.stream().noneMatch(watch -> watch.isFor(backend, incarnation))) {
            watches.add(BreakerWatch.until(this, backend, incarnation, false, () -> groups.values()
                    .forEach(group -> group.event(new GroupEvent.Over(backend, incarnation)))));
        }
    }

    void gone(MailProcess process) {
        book.gone(process);
        groups.values().forEach(group -> group.event(new GroupEvent.SessionsChanged()));
        door.tryAgain();
    }
}
