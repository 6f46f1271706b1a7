package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseHolder;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseOwner;
import org.pombal.model.lease.LeaseRules;
import org.pombal.node.ownership.LeaseDriver;

/**
 * A duty of the site that one process at a time sees to. It is watched by all who may have it; when nobody holds it, they try to get it,
 * and one does. Nothing rests on its being one. Confined to the loop.
 */
final class Duty {

    private final LeaseId id;
    private final String holderName;
    private final LeaseWatch.Means means;
    private final LeaseWatch watch;
    private final Runnable changed;
    private @Nullable LeaseHolder holder;
    private @Nullable LeaseDriver driver;
    private @Nullable CompletableFuture<Void> givenUp;
    private long vacantSince = Long.MAX_VALUE;
    private boolean wasHeld;

    /**
     * @param holderName who this node is, for the others
     * @param changed called when it has become vacant, this node's, or no longer so
     */
    Duty(LeaseId.OfDuty id, String holderName, LeaseWatch.Means means, Runnable changed) {
        this.id = requireNonNull(id, "id is null");
        this.holderName = requireNonNull(holderName, "holderName is null");
        this.changed = requireNonNull(changed, "changed is null");
        this.means = means.withPolicy(BreakPolicy.PLAIN);
        this.watch = new LeaseWatch(id, this.means, this::watched);
    }

    /** Begins to watch it. */
    void start() {
        watch.start();
    }

    /** Tries to get it, if nobody has it. To be called often as long as it is wanted. */
    void seek() {
        if (driver == null && isVacant()) {
            begin();
        }
    }

    boolean isHeld() {
        LeaseHolder current = holder;
        return current != null
                && givenUp == null
                && current.isTrusted(means.loop().now());
    }

    /** Who has it, as this node knows; empty if nobody is known to. */
    Optional<String> heldBy() {
        return isHeld()
                ? Optional.of(holderName)
                : watch.row().filter(Lease::isHeld).map(Lease::holder);
    }

    /** For how long nobody has been known to have it, in nanoseconds. */
    long vacantFor() {
        return isHeld() ? 0 : Math.max(0, means.loop().now() - vacantSince);
    }

    /** Lets others have it; done when it is given back, or was not held. */
    CompletionStage<Void> giveUp() {
        LeaseDriver current = driver;
        if (current == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = givenUp;
        if (done == null) {
            done = new CompletableFuture<>();
            givenUp = done;
            current.event(new LeaseEvent.ReleaseAsked());
        }
        return done;
    }

    private boolean isVacant() {
        return watch.isKnown() && watch.row().filter(Lease::isHeld).isEmpty();
    }

    /** Somebody says that it may be another's now. */
    void hint() {
        watch.hint();
    }

    private void watched() {
        boolean wasVacant = vacantSince != Long.MAX_VALUE;
        vacantSince = isVacant() ? Math.min(vacantSince, means.loop().now()) : Long.MAX_VALUE;
        if (!wasVacant && vacantSince != Long.MAX_VALUE) {
            changed.run();
        }
    }

    private void afterEvent() {
        boolean held = isHeld();
        if (held != wasHeld) {
            wasHeld = held;
            changed.run();
        }
    }

    private void begin() {
        LeaseHolder next = new LeaseHolder(
                new LeaseOwner(id, holderName, UUID.randomUUID(), OptionalLong.empty()),
                BreakPolicy.PLAIN,
                means.timings(),
                LeaseRules.PROTOCOL);
        LeaseDriver made = new LeaseDriver(
                means.loop(), means.leases(), id, next::onEvent, next::nextTick, this::perform, this::afterEvent);
        holder = next;
        driver = made;
        // A duty has nothing that would have to end when it is lost.
        made.event(new LeaseEvent.DovecotGone());
        made.event(new LeaseEvent.Tick());
    }

    private void perform(LeaseAction action) {
        LeaseDriver current = requireNonNull(driver);
        if (action instanceof LeaseAction.Fence) {
            means.loop().later(() -> current.event(new LeaseEvent.DovecotGone()));
        } else if (action instanceof LeaseAction.Refuse || action instanceof LeaseAction.Released) {
            // Another has it, or this one has given it back.
            end(current);
        }
    }

    private void end(LeaseDriver current) {
        current.stop();
        driver = null;
        holder = null;
        CompletableFuture<Void> done = givenUp;
        givenUp = null;
        if (done != null) {
            done.complete(null);
        }
    }
}
