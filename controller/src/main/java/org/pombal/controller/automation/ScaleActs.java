package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.controller.autoscaling.Actuator;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.scale.ScaleAction;
import org.pombal.model.site.Site;
import org.pombal.operations.Audit;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.Cluster;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;

/** Carries out what was decided on the number of backends: by the actuator, and by the operations that operators use. */
final class ScaleActs {

    static final String REGISTER = "backend.add";

    private final Cluster cluster;
    private final Evacuations evacuations;
    private final Actuator actuator;
    private final int drainRate;

    /** @param drainRate how many groups a minute leave a backend that is to go */
    ScaleActs(Cluster cluster, Evacuations evacuations, Actuator actuator, int drainRate) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.evacuations = requireNonNull(evacuations, "evacuations is null");
        this.actuator = requireNonNull(actuator, "actuator is null");
        this.drainRate = drainRate;
    }

    /** Something that waits, and says by an exception why it was not done. */
    private interface Waiting {
        void run() throws IOException, InterruptedException, ExecutionException;
    }

    Step carryOut(TaskContext task, Site site, ScaleAction action) throws InterruptedException, ExecutionException {
        Acts acts = new Acts(cluster, site, Autoscaling.NAME);
        Step step = step(action);
        if (action instanceof ScaleAction.Start start) {
            return acts.act(task, step, audit -> waited(() -> actuator.start(start.host(), start.count())));
        }
        if (action instanceof ScaleAction.Register register) {
            // Tried again and again until its name is known: no matter for the audit log.
            return SiteSight.answer(cluster.resolver().resolves(register.host()))
                    ? acts.act(task, step, audit -> new BackendOperations(cluster, audit)
                            .add(site.name(), register.host(), Optional.empty()))
                    : step.ended("its name does not resolve yet");
        }
        if (action instanceof ScaleAction.BringOnline online) {
            return acts.setStatus(task, online.backend(), BackendStatus.ONLINE, step);
        }
        if (action instanceof ScaleAction.Drain drain) {
            return acts.act(
                    task,
                    step,
                    audit -> waited(() -> evacuations.start(drain.backend().host(), drainRate, audit)));
        }
        if (action instanceof ScaleAction.Keep keep) {
            return acts.act(task, step, audit -> kept(keep, audit));
        }
        if (action instanceof ScaleAction.Remove remove) {
            return acts.act(task, step, audit -> new BackendOperations(cluster, audit)
                    .remove(
                            remove.backend().host(),
                            false,
                            now -> now.version() == remove.backend().version()));
        }
        ScaleAction.Stop stop = (ScaleAction.Stop) action;
        return acts.act(task, step, audit -> waited(() -> actuator.stop(stop.host(), stop.count())));
    }

    private CompletionStage<Outcome<String>> kept(ScaleAction.Keep keep, Audit audit) {
        return waited(() -> evacuations.cancel(keep.backend().host()))
                .thenCompose(done -> new BackendOperations(cluster, audit)
                        .update(
                                keep.backend().host(),
                                Optional.of(BackendStatus.ONLINE),
                                Optional.of(keep.leaving().before()),
                                now -> now.version() == keep.backend().version())
                        .thenApply(outcome -> outcome.map(view -> "kept")));
    }

    private static CompletionStage<Outcome<String>> waited(Waiting waiting) {
        try {
            waiting.run();
            return completedFuture(Outcome.done("done"));
        } catch (IOException | IllegalArgumentException e) {
            return completedFuture(new Outcome.NotDone<>(new Obstacle.Refused(String.valueOf(e.getMessage()))));
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    static Step step(ScaleAction action) {
        if (action instanceof ScaleAction.Start start) {
            return step(
                    "backend.start", start.host().value(), counted(start.count() - 1), counted(start.count()), action);
        }
        if (action instanceof ScaleAction.Register register) {
            return step(REGISTER, register.host().value(), "", "standby", action);
        }
        if (action instanceof ScaleAction.BringOnline online) {
            return step("backend.online", online.backend().host().value(), "standby", "online", action);
        }
        if (action instanceof ScaleAction.Drain drain) {
            return step("backend.evacuate", drain.backend().host().value(), "", "", action);
        }
        if (action instanceof ScaleAction.Keep keep) {
            return step("backend.keep", keep.backend().host().value(), "", "online", action);
        }
        if (action instanceof ScaleAction.Remove remove) {
            return step("backend.remove", remove.backend().host().value(), "", "", action);
        }
        ScaleAction.Stop stop = (ScaleAction.Stop) action;
        return step("backend.stop", stop.host().value(), counted(stop.count() + 1), counted(stop.count()), action);
    }

    private static String counted(int count) {
        return count + (count == 1 ? " backend runs" : " backends run");
    }

    private static Step step(String what, String host, String from, String to, ScaleAction action) {
        return new Step(what, "backend " + host, from, to, action.reason(), Step.PLANNED);
    }
}
