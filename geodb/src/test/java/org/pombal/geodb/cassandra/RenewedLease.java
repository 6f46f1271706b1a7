package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Leases;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseHolder;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseOwner;
import org.pombal.model.lease.LeaseRules;
import org.pombal.model.lease.OwnershipTimings;

/** A lease that is held in real time, by the rules and with the times of a backend that nobody helps out with votes. */
final class RenewedLease implements AutoCloseable {

    private final LeaseId id = new LeaseId.OfBackend(BackendId.random());
    private final Leases leases;
    private final LeaseHolder holder = new LeaseHolder(
            new LeaseOwner(id, "a backend", UUID.randomUUID(), OptionalLong.empty()),
            BreakPolicy.PLAIN,
            OwnershipTimings.DEFAULT,
            LeaseRules.PROTOCOL);
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "renewed-lease"));
    private final List<String> ends = new ArrayList<>();
    private @Nullable ScheduledFuture<?> tick;
    private boolean trusted;
    private int renewals;
    private long leastLeft = Long.MAX_VALUE;

    RenewedLease(Leases leases) {
        this.leases = requireNonNull(leases, "leases is null");
        thread.execute(() -> event(new LeaseEvent.DovecotGone()));
    }

    /**
     * What was seen of it until now.
     *
     * @param renewals how often it was known to be renewed
     * @param ends why trust ended; empty if it never did
     * @param leastLeft how much trust was left, at least, when the next renewal was known
     */
    record Course(int renewals, List<String> ends, Duration leastLeft) {}

    Course course() {
        try {
            return thread.submit(() -> new Course(renewals, List.copyOf(ends), Duration.ofNanos(leastLeft)))
                    .get(30, SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void event(LeaseEvent event) {
        long now = System.nanoTime();
        if (event instanceof LeaseEvent.Written && trusted) {
            renewals++;
            leastLeft = Math.min(leastLeft, holder.trustedUntil() - now);
        }
        holder.onEvent(now, event).forEach(this::perform);
        if (tick != null) {
            tick.cancel(false);
        }
        tick = thread.schedule(
                () -> event(new LeaseEvent.Tick()), Math.max(0, holder.nextTick() - System.nanoTime()), NANOSECONDS);
    }

    private void perform(LeaseAction action) {
        if (action instanceof LeaseAction.Trust) {
            trusted = true;
        } else if (action instanceof LeaseAction.Fence fence && trusted) {
            ends.add(fence.reason());
        } else if (action instanceof LeaseAction.Read) {
            answer(
                    leases.find(id, ReadLevel.SERIAL),
                    row -> new LeaseEvent.Read(row, true),
                    new LeaseEvent.ReadFailed());
        } else if (action instanceof LeaseAction.Write write) {
            answer(leases.replace(write.expected(), write.next()), RenewedLease::outcome, new LeaseEvent.Unknown());
        }
    }

    private static LeaseEvent outcome(Cas<Lease> outcome) {
        return outcome instanceof Cas.Applied<Lease> applied
                ? new LeaseEvent.Written(applied.row())
                : new LeaseEvent.Lost(((Cas.Lost<Lease>) outcome).current());
    }

    private <T> void answer(CompletionStage<T> asked, Function<T, LeaseEvent> answered, LeaseEvent failed) {
        asked.whenCompleteAsync((value, failure) -> event(failure == null ? answered.apply(value) : failed), thread);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
