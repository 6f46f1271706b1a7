package org.pombal.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
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

/** Carries out what a holder or breaker of a lease wants, and tells it what came of it. */
final class LeaseTalk {

    /** A {@code LeaseHolder} or {@code LeaseBreaker}. */
    interface Machine extends BiFunction<Long, LeaseEvent, List<LeaseAction>> {}

    private final NodeProcess process;
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
    LeaseTalk(
            NodeProcess process,
            LeaseId id,
            Machine machine,
            LongSupplier nextTick,
            Consumer<LeaseAction> others,
            Runnable afterwards) {
        this.process = process;
        this.id = id;
        this.machine = machine;
        this.nextTick = nextTick;
        this.others = others;
        this.afterwards = afterwards;
        this.timer = new Timer(process, () -> event(new LeaseEvent.Tick()));
    }

    void stop() {
        stopped = true;
    }

    void event(LeaseEvent event) {
        if (stopped) {
            return;
        }
        List<LeaseAction> actions = machine.apply(process.now(), event);
        process.perform(actions, this::perform);
        afterwards.run();
        timer.arm(nextTick.getAsLong());
    }

    private Leases leases() {
        return process.site().leases(process);
    }

    private void perform(LeaseAction action) {
        if (action instanceof LeaseAction.Read read) {
            process.ask(
                    leases().find(id, read.serial() ? ReadLevel.SERIAL : ReadLevel.QUORUM),
                    (row, failure) ->
                            event(row == null ? new LeaseEvent.ReadFailed() : new LeaseEvent.Read(row, read.serial())));
        } else if (action instanceof LeaseAction.Write write) {
            process.site().trace(() -> process.host().name() + ": writes lease " + write.next());
            process.ask(
                    leases().replace(write.expected(), write.next()), (outcome, failure) -> event(outcome(outcome)));
        } else {
            others.accept(action);
        }
    }

    private LeaseEvent outcome(@Nullable Cas<Lease> outcome) {
        if (outcome == null) {
            return new LeaseEvent.Unknown();
        }
        if (outcome instanceof Cas.Applied<Lease> applied) {
            process.site().checks().leaseStood(applied.row());
            return new LeaseEvent.Written(applied.row());
        }
        Optional<Lease> current = ((Cas.Lost<Lease>) outcome).current();
        return new LeaseEvent.Lost(current);
    }
}
