package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Leases;
import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseHolder;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseOwner;
import org.pombal.model.lease.LeaseRules;
import org.pombal.model.lease.OwnershipTimings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds this backend's lease for as long as there is a guardian with a Dovecot to serve under it. Given back when Dovecot has ended; acquired
 * anew when the guardian is back. Confined to the loop.
 */
final class BackendLease {

    private static final Logger log = LoggerFactory.getLogger(BackendLease.class);

    /** When another machine with this backend's name is looked for again. */
    private static final long AFTER_REFUSAL = Duration.ofSeconds(10).toNanos();

    /** How often a guardian that says nothing is looked at. */
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    /** The guardian says when it has ended Dovecot. If it did so before it was asked, it is seen when its clock has gone on. */
    private static final long LOOK_AT_END = Duration.ofMillis(10).toNanos();

    private final OwnershipLoop loop;
    private final Leases leases;
    private final BackendId backend;
    private final String machine;
    private final BreakPolicy policy;
    private final OwnershipTimings timings;
    private final HeldIncarnation held;
    private final Guard guard;
    private final Electors electors;
    private final Listener listener;
    private final Timer look;
    private @Nullable LeaseHolder holder;
    private @Nullable LeaseDriver driver;
    private long announced;
    private boolean awaitsEnd;
    private boolean releasing;
    private boolean wasTrusted;
    private long notBefore = Long.MIN_VALUE;
    private Optional<String> refusal = Optional.empty();

    /** Those who have to know which incarnation is held. */
    interface Listener {

        /** @param resumed whether an earlier process of this machine acquired it */
        void held(long incarnation, boolean resumed);

        void lost();

        /** It was given back. */
        void released();

        /** Trust has begun or ended. */
        void trustChanged();
    }

    /** @param machine a name for this machine, for those who find the lease held */
    BackendLease(
            OwnershipLoop loop,
            Leases leases,
            BackendId backend,
            String machine,
            BreakPolicy policy,
            OwnershipTimings timings,
            HeldIncarnation held,
            Guard guard,
            Electors electors,
            Listener listener) {
        this.loop = requireNonNull(loop, "loop is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.backend = requireNonNull(backend, "backend is null");
        this.machine = requireNonNull(machine, "machine is null");
        this.policy = requireNonNull(policy, "policy is null");
        this.timings = requireNonNull(timings, "timings is null");
        this.held = requireNonNull(held, "held is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.electors = requireNonNull(electors, "electors is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.look = loop.timer(this::look);
    }

    /** Begins, and goes on until the loop ends. */
    void start() {
        look();
    }

    /** The guardian may have something new to say. */
    void guardChanged() {
        look();
    }

    boolean isTrusted(long now) {
        LeaseHolder current = holder;
        return current != null && current.isTrusted(now);
    }

    /** The part of the time for which a renewal is trusted that is left, 0 to 1. */
    double trustLeft(long now) {
        LeaseHolder current = holder;
        return current != null && current.isTrusted(now)
                ? Math.min(
                        1,
                        (current.trustedUntil() - now)
                                / (double) timings.trust().toNanos())
                : 0;
    }

    /** The incarnation that is held, trusted or not; 0 if none. */
    long incarnation() {
        LeaseHolder current = holder;
        return current == null ? 0 : current.incarnation();
    }

    /** Whether it is held and to be so. */
    boolean isWanted() {
        return incarnation() != 0 && !releasing;
    }

    /** Why nobody is served; empty if users are. */
    Optional<String> obstacle() {
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!guard.isPresent()) {
            return Optional.of("the guardian does not answer");
        }
        return isTrusted(loop.now())
                ? Optional.empty()
                : Optional.of("the lease of this backend is not trusted (yet); see the log");
    }

    private void look() {
        if (holder == null && guard.isPresent() && !guard.hasEnded() && loop.now() >= notBefore) {
            begin();
        }
        LeaseDriver current = driver;
        if (current != null && awaitsEnd && guard.isDovecotGone()) {
            awaitsEnd = false;
            current.event(new LeaseEvent.DovecotGone());
        }
        if (current != null && !releasing && guard.hasEnded()) {
            releasing = true;
            log.info("Dovecot has ended, so the lease is given back");
            current.event(new LeaseEvent.ReleaseAsked());
        }
        look.arm(loop.now() + (awaitsEnd ? LOOK_AT_END : LOOK));
    }

    private void begin() {
        LeaseId id = new LeaseId.OfBackend(backend);
        LeaseHolder next = new LeaseHolder(
                new LeaseOwner(id, machine, UUID.randomUUID(), held.find(backend)),
                policy,
                timings,
                LeaseRules.PROTOCOL);
        releasing = false;
        awaitsEnd = false;
        holder = next;
        driver = new LeaseDriver(loop, leases, id, next::onEvent, next::nextTick, this::perform, this::afterEvent);
        driver.event(new LeaseEvent.Tick());
    }

    private void end(long again) {
        LeaseDriver current = driver;
        if (current != null) {
            current.stop();
        }
        driver = null;
        holder = null;
        notBefore = again;
        announce();
    }

    private void perform(LeaseAction action) {
        if (action instanceof LeaseAction.Trust trust) {
            trust(trust);
        } else if (action instanceof LeaseAction.Fence fence) {
            log.warn("Dovecot may not serve: {}", fence.reason());
            guard.withdraw();
            awaitsEnd = true;
        } else if (action instanceof LeaseAction.ReadElectorate) {
            electors.readElectorate();
        } else if (action instanceof LeaseAction.AskElectorate ask) {
            ask(ask.up());
        } else if (action instanceof LeaseAction.Refuse refuse) {
            log.error("{}", refuse.message());
            guard.withdraw();
            refusal = Optional.of(refuse.message());
            end(loop.now() + AFTER_REFUSAL);
        } else if (action instanceof LeaseAction.Released) {
            log.info("the lease of this backend is given back");
            end(Long.MIN_VALUE);
            listener.released();
        }
    }

    private void trust(LeaseAction.Trust trust) {
        try {
            held.keep(backend, trust.incarnation());
        } catch (IOException e) {
            // Without it the next process of this node could not go on under this incarnation, and its sessions would
            // end.
            log.error("cannot keep which incarnation is held: {}", e.toString());
        }
        refusal = Optional.empty();
        awaitsEnd = false;
        guard.trustUntil(trust.until());
    }

    private void ask(boolean up) {
        LeaseDriver current = requireNonNull(driver);
        if (up) {
            electors.confirmUp(current::event);
        } else {
            electors.confirmDown(requireNonNull(holder).renewalBegan(), current::event);
        }
    }

    private void afterEvent() {
        announce();
        boolean trusted = isTrusted(loop.now());
        if (trusted != wasTrusted) {
            wasTrusted = trusted;
            listener.trustChanged();
        }
    }

    private void announce() {
        long incarnation = incarnation();
        if (incarnation == announced) {
            return;
        }
        announced = incarnation;
        if (incarnation == 0) {
            listener.lost();
        } else {
            boolean resumed = requireNonNull(holder).isResumed();
            log.info("holding incarnation {} of this backend's lease{}", incarnation, resumed ? ", as before" : "");
            listener.held(incarnation, resumed);
        }
    }
}
