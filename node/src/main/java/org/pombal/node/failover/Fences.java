package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.node.command.TimedCommand;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.ownership.OwnershipLoop;
import org.pombal.operations.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the fence command while this node sees to the failovers; again after a pause when it has failed. Confined to the loop. */
final class Fences implements Fencing {

    private static final Logger log = LoggerFactory.getLogger(Fences.class);

    /** How long to wait after a failure, in renewal intervals. */
    private static final int PAUSE = 5;

    private final RateLimitedLog problems = new RateLimitedLog(log);
    private final OwnershipLoop loop;
    private final Optional<FenceCommand> command;
    private final Function<BackendId, Optional<HostName>> names;
    private final BooleanSupplier leads;
    private final FailoverMetrics metrics;
    private final Audit audit;
    private final long pause;

    /**
     * @param names the host name of a backend
     * @param leads whether this node sees to the failovers now
     * @param audit in this node's name
     */
    Fences(
            OwnershipLoop loop,
            Optional<FenceCommand> command,
            Function<BackendId, Optional<HostName>> names,
            BooleanSupplier leads,
            OwnershipTimings timings,
            FailoverMetrics metrics,
            Audit audit) {
        this.loop = requireNonNull(loop, "loop is null");
        this.command = requireNonNull(command, "command is null");
        this.names = requireNonNull(names, "names is null");
        this.leads = requireNonNull(leads, "leads is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.pause = timings.renewEvery().toNanos() * PAUSE;
    }

    @Override
    public void fence(Lease lease, Consumer<Boolean> ended) {
        if (!leads.getAsBoolean()) {
            failLater(ended, pause / PAUSE);
            return;
        }
        BackendId backend = ((LeaseId.OfBackend) lease.id()).backend();
        Optional<HostName> host = names.apply(backend);
        if (command.isEmpty() || host.isEmpty()) {
            problems.warn(
                    "backend {} cannot be fenced, so its users are served nowhere: {}",
                    host.map(HostName::value).orElseGet(backend::toString),
                    command.isEmpty() ? "there is no cluster_fence_command here" : "its host name is not known");
            failLater(ended, pause);
            return;
        }
        log.warn("running {} {} (incarnation {} is broken)", command.get(), host.get(), lease.incarnation());
        loop.ask(
                command.get().run(host.get()), (outcome, failure) -> ended(lease, host.get(), outcome, failure, ended));
    }

    private void ended(
            Lease lease,
            HostName host,
            TimedCommand.@Nullable Outcome outcome,
            @Nullable Throwable failure,
            Consumer<Boolean> ended) {
        boolean succeeded = outcome != null && outcome.succeeded();
        String how = outcome == null ? "could not be run: " + failure : outcome.how();
        String output = outcome == null || outcome.output().isEmpty() ? "" : ", and said: " + outcome.output();
        metrics.fenced(succeeded);
        audit.changed("fence command for backend " + host + ", incarnation " + lease.incarnation() + ", " + how);
        if (succeeded) {
            log.atWarn()
                    .addKeyValue("event", "cluster_backend_fenced")
                    .addKeyValue("host", host)
                    .addKeyValue("incarnation", lease.incarnation())
                    .log("{} {} {}{}", command.get(), host, how, output);
            ended.accept(true);
        } else {
            log.atError()
                    .addKeyValue("event", "cluster_backend_fence_failed")
                    .addKeyValue("host", host)
                    .addKeyValue("incarnation", lease.incarnation())
                    .log(
                            "{} {} {}{}; its users are served nowhere until it succeeds",
                            command.get(),
                            host,
                            how,
                            output);
            failLater(ended, pause);
        }
    }

    private void failLater(Consumer<Boolean> ended, long delay) {
        loop.timer(() -> ended.accept(false)).arm(loop.now() + delay);
    }
}
