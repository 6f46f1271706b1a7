package org.pombal.simulation;

import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.BreakPolicy;
import org.pombal.model.lease.LeaseAction;
import org.pombal.model.lease.LeaseBreaker;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.LeaseId;

/** A process that watches a backend's lease. */
final class BreakerWatch {

    private final VotingProcess process;
    private final BackendId backend;
    private final long incarnation;
    private final LeaseBreaker breaker;
    private final LeaseTalk talk;
    private final Runnable whenOver;
    private boolean stopped;

    private BreakerWatch(
            VotingProcess process, BackendId backend, long incarnation, boolean fences, Runnable whenOver) {
        Site site = process.site();
        this.process = process;
        this.backend = backend;
        this.incarnation = incarnation;
        this.whenOver = whenOver;
        this.breaker = new LeaseBreaker(
                new BreakPolicy(site.profile().outage(), site.profile().takeover(), fences),
                site.timings(),
                site.quirks().lease());
        this.talk = new LeaseTalk(
                process,
                new LeaseId.OfBackend(backend),
                breaker::onEvent,
                breaker::nextTick,
                this::perform,
                this::afterwards);
    }

    /** Watches until this incarnation is over. */
    static BreakerWatch until(
            VotingProcess process, BackendId backend, long incarnation, boolean fences, Runnable whenOver) {
        BreakerWatch watch = new BreakerWatch(process, backend, incarnation, fences, whenOver);
        watch.talk.event(new LeaseEvent.Tick());
        return watch;
    }

    /** Watches until it is stopped. */
    static BreakerWatch always(VotingProcess process, BackendId backend) {
        return until(process, backend, Long.MAX_VALUE, !process.host().backend().equals(backend), () -> {});
    }

    boolean isFor(BackendId other, long otherIncarnation) {
        return backend.equals(other) && incarnation == otherIncarnation;
    }

    boolean isStopped() {
        return stopped;
    }

    LeaseBreaker breaker() {
        return breaker;
    }

    void stop() {
        stopped = true;
        talk.stop();
    }

    private void afterwards() {
        if (!stopped && breaker.overUpTo() >= incarnation) {
            stop();
            whenOver.run();
        }
    }

    private void perform(LeaseAction action) {
        if (action instanceof LeaseAction.AskElectorate) {
            process.confirmUp(talk::event);
        } else if (action instanceof LeaseAction.RunFenceCommand fence) {
            process.site()
                    .fence(
                            backend,
                            succeeded -> process.run(() -> talk.event(
                                    new LeaseEvent.Fenced(fence.lease().incarnation(), succeeded))));
        }
    }
}
