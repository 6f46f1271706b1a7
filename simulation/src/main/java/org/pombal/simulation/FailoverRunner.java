package org.pombal.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseBreaker;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseHolder;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseOwner;
import org.pombal.model.ownership.FailoverChoice;
import org.pombal.model.ownership.LeasesView;
import org.pombal.model.ownership.Takeover;

/** Takes over the groups of backends that are gone, while it leads, or always, where leadership is not respected. */
final class FailoverRunner implements LeasesView {

    private static final long EVERY = 700 * Chance.MILLISECOND;
    private static final long STEADY = 3_000 * Chance.MILLISECOND;
    private static final long SILENT = 2_500 * Chance.MILLISECOND;

    private final VotingProcess process;
    private final Site site;
    private final LeaseHolder leadership;
    private final LeaseTalk talk;
    private final Takeover takeover;
    private final Map<BackendId, BreakerWatch> watches = new LinkedHashMap<>();
    private final Map<BackendId, Long> heldSince = new LinkedHashMap<>();
    private boolean ended;

    FailoverRunner(VotingProcess process) {
        this.process = process;
        this.site = process.site();
        LeaseId id = new LeaseId.OfDuty(site.id(), "failover");
        this.leadership = new LeaseHolder(
                new LeaseOwner(id, process.host().name(), site.chance().id(), OptionalLong.empty()),
                BreakPolicy.PLAIN,
                site.timings(),
                site.quirks().lease());
        this.talk = new LeaseTalk(process, id, leadership::onEvent, leadership::nextTick, this::perform, () -> {});
        this.takeover = new Takeover(site.quirks().handOver());
    }

    void begin() {
        talk.event(new LeaseEvent.DovecotGone());
        talk.event(new LeaseEvent.Tick());
        work();
    }

    private void perform(LeaseAction action) {
        // A duty has nothing that would have to end when it is lost.
        if (action instanceof LeaseAction.Fence) {
            process.run(() -> talk.event(new LeaseEvent.DovecotGone()));
        } else if (action instanceof LeaseAction.Released) {
            talk.stop();
        } else if (action instanceof LeaseAction.Refuse && !ended) {
            // Another leads. Look again later.
            site.events().after(Chance.SECOND, () -> process.run(process::restartDuties));
        }
    }

    private boolean isActive() {
        return leadership.isTrusted(process.now()) || !site.respectsLeadership();
    }

    private void work() {
        if (ended) {
            return;
        }
        if (isActive()) {
            if (watches.isEmpty()) {
                site.backendHosts()
                        .forEach(host -> watches.put(host.backend(), BreakerWatch.always(process, host.backend())));
            }
            noteSteady();
            BackendId self = process.host().backend();
            boolean anotherIsUp = watches.keySet().stream().anyMatch(backend -> !backend.equals(self) && isUp(backend));
            if (!process.mayHaveDuties(anotherIsUp)) {
                process.giveDutiesUp();
                return;
            }
            site.groupIds().forEach(this::look);
        } else if (!watches.isEmpty()) {
            stop();
        }
        site.events().after(EVERY, () -> process.run(this::work));
    }

    void stop() {
        watches.values().forEach(BreakerWatch::stop);
        watches.clear();
        heldSince.clear();
    }

    void end() {
        ended = true;
        stop();
        talk.stop();
    }

    /** Ends, and lets others have the duty at once. */
    void giveUp() {
        ended = true;
        stop();
        talk.event(new LeaseEvent.ReleaseAsked());
    }

    private void noteSteady() {
        watches.forEach((backend, watch) -> {
            if (isUp(backend)) {
                heldSince.putIfAbsent(backend, process.now());
            } else {
                heldSince.remove(backend);
            }
        });
    }

    private void look(GroupId id) {
        long least = site.checks().epochStood(id);
        process.ask(process.geoDb().groups().find(id, ReadLevel.SERIAL), (row, failure) -> {
            if (row != null && row.isPresent() && !watches.isEmpty()) {
                site.checks().read(row, least);
                takeover.decide(row.get(), this, choice()).ifPresent(this::write);
            }
        });
    }

    private void write(UserGroup next) {
        site.trace(() -> process.host().name() + ": takes over, writes " + Description.of(next));
        process.ask(process.geoDb().groups().update(next), (outcome, failure) -> {
            if (outcome instanceof Cas.Applied<UserGroup> applied) {
                site.rowStood(process, applied.row());
            }
        });
    }

    private FailoverChoice choice() {
        return new FailoverChoice(site.backends(), this::isUp, backend -> {
            Long since = heldSince.get(backend);
            return since != null && process.now() - since >= STEADY;
        });
    }

    private boolean isUp(BackendId backend) {
        LeaseBreaker breaker = breaker(backend);
        return breaker != null && breaker.row().filter(Lease::isHeld).isPresent() && breaker.unchangedFor() < SILENT;
    }

    private @Nullable LeaseBreaker breaker(BackendId backend) {
        BreakerWatch watch = watches.get(backend);
        return watch == null ? null : watch.breaker();
    }

    @Override
    public boolean isOver(BackendId backend, long incarnation) {
        LeaseBreaker breaker = breaker(backend);
        return breaker != null && incarnation <= breaker.overUpTo();
    }

    @Override
    public boolean isDown(BackendId backend) {
        LeaseBreaker breaker = breaker(backend);
        return breaker != null && breaker.isDown(process.now());
    }

    @Override
    public boolean isSilent(BackendId backend) {
        LeaseBreaker breaker = breaker(backend);
        return breaker != null && breaker.unchangedFor() >= SILENT;
    }
}
