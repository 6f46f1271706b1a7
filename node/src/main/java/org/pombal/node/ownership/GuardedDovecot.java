package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.pombal.node.guardian.GuardedProcess;
import org.pombal.node.guardian.GuardianControl;
import org.pombal.node.guardian.GuardianListener;
import org.pombal.node.guardian.GuardianReport;
import org.pombal.node.guardian.GuardianState;
import org.pombal.node.guardian.GuardianStatus;
import org.pombal.node.guardian.KillResult;
import org.pombal.node.guardian.ProcessTable;
import org.pombal.node.guardian.TrustFile;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.session.ProcessId;
import org.pombal.node.session.Processes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dovecot and its processes, as the guardian runs them under trust, watches and ends them. */
final class GuardedDovecot implements Guard, Processes, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GuardedDovecot.class);

    /** How long a killed process may take to end before that is said; it is waited for all the same. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(1);

    private final TrustFile trust;
    private final GuardianControl control;
    private final Runnable changed;
    private final Consumer<ProcessId> gone;
    private final RateLimitedLog problems = new RateLimitedLog(log);

    /**
     * @param control makes the guardian's control; it is started here
     * @param changed called when the guardian has something new to say
     * @param gone told of each watched process that has ended
     */
    GuardedDovecot(
            TrustFile trust,
            Function<GuardianListener, GuardianControl> control,
            Runnable changed,
            Consumer<ProcessId> gone) {
        this.trust = requireNonNull(trust, "trust is null");
        this.changed = requireNonNull(changed, "changed is null");
        this.gone = requireNonNull(gone, "gone is null");
        this.control = control.apply(new OnChange());
        this.control.start();
    }

    private final class OnChange implements GuardianListener {

        @Override
        public void onConnected() {
            changed.run();
        }

        @Override
        public void onStatus(GuardianStatus status) {
            changed.run();
        }

        @Override
        public void onLost(String reason) {
            changed.run();
        }
    }

    @Override
    public boolean isPresent() {
        return control.obstacle().isEmpty();
    }

    @Override
    public boolean hasEnded() {
        return !isPresent()
                && trust.report()
                        .filter(report -> report.state() == GuardianState.ENDED)
                        .isPresent();
    }

    @Override
    public boolean isDovecotGone() {
        return trust.allGone();
    }

    @Override
    public void trustUntil(long bootNanos) {
        trust.trustUntil(bootNanos);
    }

    @Override
    public void withdraw() {
        trust.withdraw();
        // It looks at the file by itself; asked, it does so at once.
        control.status().exceptionally(failure -> null);
    }

    /** What the guardian says of itself and of Dovecot. */
    Optional<GuardianReport> report() {
        return trust.report();
    }

    /** All processes below the guardian. */
    CompletionStage<List<GuardedProcess>> list() {
        return control.list();
    }

    @Override
    public boolean take(ProcessId process) {
        Optional<GuardianReport> report = trust.report();
        boolean below = report.isPresent()
                && ProcessTable.isBelow(process.pid(), report.get().guardian().pid());
        if (!below && !trust.addOther(process)) {
            problems.warn(
                    "process {} is not below the guardian, and no more of those can be named to it", process.pid());
            return false;
        }
        control.watch(process).thenRun(() -> {
            if (!below) {
                trust.removeOther(process);
            }
            gone.accept(process);
        });
        return true;
    }

    @Override
    public void terminate(ProcessId process) {
        control.terminate(process).exceptionally(failure -> {
            problems.warn("process {} was not asked to end: {}", process.pid(), failure.toString());
            return null;
        });
    }

    @Override
    public void kill(ProcessId process) {
        control.kill(process, KILL_LIMIT).whenComplete((result, failure) -> {
            if (failure != null) {
                problems.warn("process {} was perhaps not killed: {}", process.pid(), failure.toString());
            } else if (result.outcome() != KillResult.Outcome.GONE) {
                problems.warn("process {} lives on though it was to be killed: {}", process.pid(), result);
            }
        });
    }

    /** Why the guardian cannot be asked now; empty if it can. */
    Optional<String> obstacle() {
        return control.obstacle();
    }

    @Override
    public void close() {
        control.close();
    }
}
