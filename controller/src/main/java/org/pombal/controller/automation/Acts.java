package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.audit.AuditEntry.Result;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Audit;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;
import org.pombal.operations.Departures;
import org.pombal.operations.GroupOperations;
import org.pombal.operations.Outcome;
import org.pombal.operations.SiteChange;
import org.pombal.operations.SiteOperations;

/**
 * Carries out steps by the operations that operators use, each written into the audit log with its reason: first that it is tried, then what
 * came of it. What cannot be written down is not done. What was changed since it was read is left alone. A task that may be in other hands
 * does nothing more.
 */
final class Acts {

    static final String WHO = "controller";

    private final Cluster cluster;
    private final Site site;
    private final String part;

    /** @param part of the automation, such as {@code load-balancing} */
    Acts(Cluster cluster, Site site, String part) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.site = requireNonNull(site, "site is null");
        this.part = requireNonNull(part, "part is null");
    }

    Step setStatus(TaskContext task, Backend backend, BackendStatus status, Step step)
            throws InterruptedException, ExecutionException {
        return act(task, step, audit -> new BackendOperations(cluster, audit)
                .update(
                        backend.host(),
                        Optional.of(status),
                        Optional.empty(),
                        now -> now.version() == backend.version()));
    }

    /** Of the site itself. */
    Step setStatus(TaskContext task, SiteStatus status, Step step) throws InterruptedException, ExecutionException {
        return act(task, step, audit -> new SiteOperations(cluster, audit)
                .update(
                        site.name(),
                        new SiteChange(Optional.empty(), Optional.of(status), Optional.empty(), Optional.empty()),
                        now -> now.version() == site.version()));
    }

    Step move(TaskContext task, UserGroup group, HostName to, Step step)
            throws InterruptedException, ExecutionException {
        return act(task, step, audit -> new GroupOperations(cluster, audit)
                .move(site.name(), group.id().name(), to, false, now -> now.epoch() == group.epoch()));
    }

    /** @param toSite name of the site of the group */
    Step move(TaskContext task, UserKey user, String toSite, GroupId to, Step step)
            throws InterruptedException, ExecutionException {
        return act(task, step, audit -> new Departures(cluster, audit)
                .move(user, Optional.of(toSite), to.name(), Optional.empty()));
    }

    <T> Step act(TaskContext task, Step step, Function<Audit, CompletionStage<Outcome<T>>> operation)
            throws InterruptedException, ExecutionException {
        task.requireHeld();
        AuditEntry entry = new AuditEntry(
                UUID.randomUUID(),
                cluster.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                WHO,
                part,
                step.action(),
                step.target(),
                text(step.from()),
                Optional.empty(),
                Optional.of(step.reason()),
                Result.STARTED);
        SiteSight.answer(cluster.geoDb().auditLog().write(entry));
        // The audit log may have let it wait, for longer than the task was in hand.
        task.requireHeld();
        Outcome<T> outcome = SiteSight.answer(operation.apply(new Audit(WHO + " (" + part + ")")));
        if (outcome instanceof Outcome.NotDone<T> notDone) {
            String why = notDone.obstacle().message();
            SiteSight.answer(cluster.geoDb()
                    .auditLog()
                    .write(entry.ended(Result.REFUSED, Optional.empty(), Optional.of(step.reason() + "; " + why))));
            return step.ended(why);
        }
        SiteSight.answer(cluster.geoDb().auditLog().write(entry.ended(Result.DONE, text(step.to()), entry.why())));
        return step.ended(Step.DONE);
    }

    private static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of('"' + value + '"');
    }
}
