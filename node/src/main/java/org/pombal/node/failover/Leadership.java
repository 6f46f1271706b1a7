package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.site.SiteId;

/**
 * Whether this node sees to the failovers of its site. Those compete whose backend holds its own lease; one that cannot hold it has no
 * business with those of others, and might even fence them. Only if nobody has had the duty for a while do all compete, or after a power cut
 * all would wait for one another. Confined to the loop.
 */
final class Leadership {

    private static final String DUTY = "failover";

    private final String name;
    private final LeaseWatch.Means means;
    private final BooleanSupplier holdsOwnLease;
    private final Runnable changed;
    private @Nullable Duty duty;

    /**
     * @param name who this node is, for the others
     * @param changed called when the duty has become vacant, or this node's
     */
    Leadership(String name, LeaseWatch.Means means, BooleanSupplier holdsOwnLease, Runnable changed) {
        this.name = requireNonNull(name, "name is null");
        this.means = requireNonNull(means, "means is null");
        this.holdsOwnLease = requireNonNull(holdsOwnLease, "holdsOwnLease is null");
        this.changed = requireNonNull(changed, "changed is null");
    }

    /**
     * Competes, or leaves it to others; to be called often.
     *
     * @param othersAreUp whether another backend holds its lease, as far as is known
     */
    void compete(SiteId site, boolean othersAreUp) {
        Duty current = duty;
        if (current == null) {
            current = new Duty(new LeaseId.OfDuty(site, DUTY), name, means, changed);
            duty = current;
            current.start();
        }
        if (isCandidate() || (current.isHeld() ? !othersAreUp : isVacantForLong(current))) {
            current.seek();
        } else {
            current.giveUp();
        }
    }

    /** Somebody says that the duty may be another's now. */
    void hint() {
        Duty current = duty;
        if (current != null) {
            current.hint();
        }
    }

    private boolean isVacantForLong(Duty current) {
        return current.vacantFor() >= means.timings().breakWindow().toNanos() / 2 * 3;
    }

    /** Whether this node competes as a rule. */
    boolean isCandidate() {
        return holdsOwnLease.getAsBoolean();
    }

    boolean isHeld() {
        Duty current = duty;
        return current != null && current.isHeld();
    }

    /** The node that has it, as far as is known. */
    Optional<String> leader() {
        Duty current = duty;
        return current == null ? Optional.empty() : current.heldBy();
    }

    /** Done when it is given back, or was not held. */
    CompletionStage<Void> giveUp() {
        Duty current = duty;
        return current == null ? CompletableFuture.completedFuture(null) : current.giveUp();
    }
}
