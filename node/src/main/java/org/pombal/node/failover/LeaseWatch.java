package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.pombal.geodb.Leases;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseBreaker;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseRules;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.node.ownership.Electors;
import org.pombal.node.ownership.LeaseDriver;
import org.pombal.node.ownership.OwnershipLoop;

/** Watches another's lease, and breaks it when it stands still. Confined to the loop. */
final class LeaseWatch {

    private final OwnershipLoop loop;
    private final Electors electors;
    private final Fencing fencing;
    private final Runnable afterwards;
    private final LeaseBreaker breaker;
    private final LeaseDriver driver;
    private boolean known;
    private Optional<Lease> lastSign = Optional.empty();
    private long lastSignAt;
    private boolean stopped;
    private long fenced;

    /**
     * What all watches share.
     *
     * @param policy when a lease is acted on; it has the fence command asked for where {@code fencing} does that
     */
    record Means(
            OwnershipLoop loop,
            Leases leases,
            BreakPolicy policy,
            OwnershipTimings timings,
            Electors electors,
            Fencing fencing) {

        Means {
            requireNonNull(loop, "loop is null");
            requireNonNull(leases, "leases is null");
            requireNonNull(policy, "policy is null");
            requireNonNull(timings, "timings is null");
            requireNonNull(electors, "electors is null");
            requireNonNull(fencing, "fencing is null");
        }

        Means withPolicy(BreakPolicy other) {
            return new Means(loop, leases, other, timings, electors, fencing);
        }
    }

    /** @param afterwards called whenever something may be known that was not before */
    LeaseWatch(LeaseId id, Means means, Runnable afterwards) {
        this.loop = means.loop();
        this.electors = means.electors();
        this.fencing = means.fencing();
        this.afterwards = requireNonNull(afterwards, "afterwards is null");
        this.lastSignAt = loop.now();
        this.breaker = new LeaseBreaker(means.policy(), means.timings(), LeaseRules.PROTOCOL);
        this.driver = new LeaseDriver(
                loop, means.leases(), id, this::onEvent, breaker::nextTick, this::perform, this::afterwards);
    }

    void start() {
        driver.event(new LeaseEvent.Tick());
    }

    /** Somebody says that the row is otherwise now. */
    void hint() {
        driver.event(new LeaseEvent.Hint());
    }

    void stop() {
        stopped = true;
        driver.stop();
    }

    /** Whether it has been read at all. */
    boolean isKnown() {
        return known;
    }

    /** What was read last. */
    Optional<Lease> row() {
        return breaker.row();
    }

    /** Incarnations up to this one are over, for good. */
    long overUpTo() {
        return breaker.overUpTo();
    }

    /** Whether nobody holds it. */
    boolean isDown() {
        return breaker.isDown(loop.now());
    }

    /** For how long it was read to be the same, in nanoseconds. */
    long unchangedFor() {
        return breaker.unchangedFor();
    }

    /** Whether it was seen to be renewed or acquired. */
    boolean hasChanged() {
        return breaker.changesSeen() > 0;
    }

    /** When it was seen to have been renewed, or the watch began, in nanoseconds of the boot clock. */
    long lastSignAt() {
        return lastSignAt;
    }

    private List<LeaseAction> onEvent(long now, LeaseEvent event) {
        known = known || event instanceof LeaseEvent.Read;
        List<LeaseAction> actions = breaker.onEvent(now, event);
        Optional<Lease> held = breaker.row().filter(Lease::isHeld);
        if (held.isPresent() && !held.equals(lastSign)) {
            lastSign = held;
            lastSignAt = now;
        }
        return actions;
    }

    private void afterwards() {
        if (!stopped) {
            afterwards.run();
        }
    }

    private void perform(LeaseAction action) {
        if (action instanceof LeaseAction.AskElectorate) {
            electors.confirmUp(driver::event);
        } else if (action instanceof LeaseAction.RunFenceCommand fence) {
            fence(fence.lease());
        } else {
            throw new IllegalStateException("a watch does not " + action);
        }
    }

    private void fence(Lease lease) {
        if (fenced == lease.incarnation()) {
            // It has succeeded; only its mark could not be written yet.
            loop.later(() -> driver.event(new LeaseEvent.Fenced(lease.incarnation(), true)));
            return;
        }
        fencing.fence(lease, succeeded -> {
            if (succeeded) {
                fenced = lease.incarnation();
            }
            driver.event(new LeaseEvent.Fenced(lease.incarnation(), succeeded));
        });
    }
}
