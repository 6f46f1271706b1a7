package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Leases;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseId;

/** Carries out what a holder or a breaker of a lease wants of GeoDB, and tells it what came of it. Confined to the loop. */
public final class LeaseDriver {

    /** A {@link org.pombal.model.lease.LeaseHolder} or {@link org.pombal.model.lease.LeaseBreaker}. */
    @FunctionalInterface
    public interface Machine {
        List<LeaseAction> onEvent(long now, LeaseEvent event);
    }

    private final OwnershipLoop loop;
    private final Leases leases;
    private final LeaseId id;
    private final Machine machine;
    private final LongSupplier nextTick;
    private final Consumer<LeaseAction> others;
    private final Runnable afterwards;
    private final Timer timer;
    private boolean stopped;

    /**
     * @param others carries out what is not about the lease's row
     * @param afterwards called after each event
     */
    public LeaseDriver(
            OwnershipLoop loop,
            Leases leases,
            LeaseId id,
            Machine machine,
            LongSupplier nextTick,
            Consumer<LeaseAction> others,
            Runnable afterwards) {
        this.loop = requireNonNull(loop, "loop is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.id = requireNonNull(id, "id is null");
        this.machine = requireNonNull(machine, "machine is null");
        this.nextTick = requireNonNull(nextTick, "nextTick is null");
        this.others = requireNonNull(others, "others is null");
        this.afterwards = requireNonNull(afterwards, "afterwards is null");
        this.timer = loop.timer(() -> event(new LeaseEvent.Tick()));
    }

    /** Something has happened to the machine; what it then wants is carried out. */
    public void event(LeaseEvent event) {
        if (stopped) {
            return;
        }
        machine.onEvent(loop.now(), event).forEach(this::perform);
        afterwards.run();
        if (!stopped) {
            timer.arm(nextTick.getAsLong());
        }
    }

    /** Asks for nothing more and hears nothing more. */
    public void stop() {
        stopped = true;
        timer.disarm();
    }

    private void perform(LeaseAction action) {
        if (action instanceof LeaseAction.Read read) {
            loop.ask(
                    leases.find(id, read.serial() ? ReadLevel.SERIAL : ReadLevel.QUORUM),
                    (row, failure) ->
                            event(row == null ? new LeaseEvent.ReadFailed() : new LeaseEvent.Read(row, read.serial())));
        } else if (action instanceof LeaseAction.Write write) {
            loop.ask(leases.replace(write.expected(), write.next()), (outcome, failure) -> event(outcome(outcome)));
        } else {
            others.accept(action);
        }
    }

    private static LeaseEvent outcome(@Nullable Cas<Lease> outcome) {
        if (outcome == null) {
            return new LeaseEvent.Unknown();
        }
        if (outcome instanceof Cas.Applied<Lease> applied) {
            return new LeaseEvent.Written(applied.row());
        }
        Optional<Lease> current = ((Cas.Lost<Lease>) outcome).current();
        return new LeaseEvent.Lost(current);
    }
}
