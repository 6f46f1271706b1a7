package org.pombal.controller.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.automation.Automation;
import org.pombal.controller.automation.Plan;
import org.pombal.controller.automation.SiteMissingException;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.controller.task.work.TaskPreventedException;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;

/** What the automation of this controller's site decided last, and what it would do now. */
@Tag(name = "Plans")
@Controller("/api/v1/plans")
@Secured(Roles.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PlanRoutes {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /**
     * What a part of the automation decided.
     *
     * @param mode dryrun: nothing was done; on: the steps were carried out as their outcomes say
     * @param more how many steps there are besides those shown
     * @param figures what it is based on, and what it should bring about
     */
    @Schema(name = "Plan")
    record PlanBody(
            String name,
            Instant at,

            @Schema(
                    type = "string",
                    allowableValues = {"dryrun", "on"})
            String mode,

            String summary,
            List<StepBody> steps,
            int more,
            List<String> notes,
            Map<String, Double> figures) {

        static PlanBody of(Plan plan) {
            return new PlanBody(
                    plan.name(),
                    Instant.ofEpochMilli(plan.at()),
                    plan.mode(),
                    plan.summary(),
                    plan.steps().stream().map(StepBody::of).toList(),
                    plan.more(),
                    plan.notes(),
                    plan.figures());
        }
    }

    /**
     * A step of a plan.
     *
     * @param outcome planned, done, or why it was not done
     */
    @Schema(name = "PlanStep")
    record StepBody(
            String action, String target, Optional<String> from, Optional<String> to, String reason, String outcome) {

        static StepBody of(Plan.Step step) {
            return new StepBody(
                    step.action(),
                    step.target(),
                    Optional.of(step.from()).filter(text -> !text.isEmpty()),
                    Optional.of(step.to()).filter(text -> !text.isEmpty()),
                    step.reason(),
                    step.outcome());
        }
    }

    private final Automation automation;

    PlanRoutes(Automation automation) {
        this.automation = automation;
    }

    /** Lists what each part of the automation decided last, those left out that have not decided anything yet. */
    @Get
    Items<PlanBody> list() {
        List<PlanBody> plans = new ArrayList<>();
        for (String part : Automation.PARTS) {
            asked(() -> automation.last(part)).map(PlanBody::of).ifPresent(plans::add);
        }
        return Items.all(plans);
    }

    /** Shows what one part decided last. */
    @Get("/{name}")
    PlanBody show(String name) {
        String part = known(name);
        return asked(() -> automation.last(part))
                .map(PlanBody::of)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        name + " has not decided anything yet; it does in time, unless its feature is off"));
    }

    /** Shows what one part would do now, whatever the state of its feature. Nothing is done, and nothing kept. */
    @Get("/{name}/simulation")
    PlanBody simulate(String name) {
        String part = known(name);
        return asked(() -> automation.simulated(part))
                .map(PlanBody::of)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.CONFLICT,
                        name + " would have to count all users for that; start the task '" + name
                                + "' while its feature is in dryrun, and look at the plan that it makes"));
    }

    private static String known(String name) {
        if (!Automation.PARTS.contains(name)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "there is no plan of this name; there are: " + String.join(", ", Automation.PARTS));
        }
        return name;
    }

    /** The answer, or a problem. */
    static <T> T asked(Callable<T> question) {
        try {
            return question.call();
        } catch (SiteMissingException e) {
            throw new ProblemException(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (TaskPreventedException e) {
            throw ProblemException.later(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), PAUSE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GeoDbUnavailableException away) {
                throw away;
            }
            if (e.getCause() instanceof UnknownOutcomeException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
