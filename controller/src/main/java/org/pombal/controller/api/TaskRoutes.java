package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.Limit;
import org.pombal.controller.http.PageRequest;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.controller.site.Leadership;
import org.pombal.controller.task.Queued;
import org.pombal.controller.task.TaskPage;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.controller.task.work.PeriodicTask;
import org.pombal.controller.task.work.SiteTasks;
import org.pombal.geodb.PageToken;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskRules;
import org.pombal.model.task.TaskState;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;
import org.pombal.operations.Precondition;

/** What the site's controllers do in the background. Asks Redis, if tasks are there, on threads that may wait. */
@Tag(name = "Tasks")
@Controller("/api/v1/tasks")
@Secured(Roles.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TaskRoutes {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /**
     * A task that is to be done now.
     *
     * @param name of its kind: one of those that come again and again
     */
    @Schema(name = "NewTask")
    record NewTask(String name) {}

    private final TaskStore store;
    private final SiteTasks known;
    private final Changes changes;
    private final Leadership leadership;
    private final InstantSource clock;
    private final ExecutorService blocking;

    TaskRoutes(
            TaskStore store,
            SiteTasks known,
            Changes changes,
            Leadership leadership,
            InstantSource clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.store = store;
        this.known = known;
        this.changes = changes;
        this.leadership = leadership;
        this.clock = clock;
        this.blocking = blocking;
    }

    /** Lists the tasks of the last days, the youngest first; of one state, one queue, one kind. */
    @Get
    Items<TaskBody> list(
            @QueryValue
                    @Schema(
                            type = "string",
                            allowableValues = {"waiting", "running", "done", "given-up"})
                    Optional<String> state,
            @QueryValue
                    @Schema(
                            type = "string",
                            allowableValues = {"high", "low"})
                    Optional<String> queue,
            @QueryValue Optional<String> name,
            @QueryValue Optional<String> cursor,
            @QueryValue @Limit Optional<String> limit) {
        Optional<TaskState> ofState = Input.parse("state", state, TaskState::parse);
        Optional<TaskQueue> ofQueue = Input.parse("queue", queue, TaskQueue::parse);
        Optional<String> ofName = name.map(text -> Input.name("name", text));
        PageRequest page = PageRequest.of(cursor, limit);
        TaskPage tasks =
                page.readNow(part -> asked(() -> store.list(part.cursor().map(PageToken::value), part.limit())));
        return new Items<>(
                tasks.tasks().stream()
                        .filter(task -> ofState.isEmpty() || ofState.get() == task.state())
                        .filter(task -> ofQueue.isEmpty()
                                || ofQueue.get() == task.order().queue())
                        .filter(task -> ofName.isEmpty()
                                || ofName.get().equals(task.order().name()))
                        .map(TaskBody::of)
                        .toList(),
                tasks.next());
    }

    /** Shows a task: how far it is, what came of it, why it failed. */
    @Get("/{id}")
    HttpResponse<TaskBody> show(String id) {
        Task task = find(id);
        return Answers.of(TaskBody.of(task), task.version());
    }

    private Task find(String id) {
        TaskId task = Input.parse("id", id, TaskId::new);
        return asked(() -> store.find(task))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "there is no task '" + task + "', or it was over so long ago that nothing is known of it"));
    }

    /** Has a task done now that otherwise comes by itself when its time is there. It is queued; a worker does it. */
    @Post
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    CompletionStage<HttpResponse<Changed<TaskBody>>> start(HttpRequest<?> request, @Body NewTask wanted) {
        PeriodicTask task = Input.parse("name", wanted.name(), known::named);
        TaskOrder order = task.byHand(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return changes.make(
                        request,
                        What.added("task.start", "task " + order.id()),
                        audit -> supplyAsync(() -> queue(order), blocking),
                        TaskBody::of)
                .thenApply(
                        started -> HttpResponse.<Changed<TaskBody>>accepted(URI.create("/api/v1/tasks/" + order.id()))
                                .body(started));
    }

    private Outcome<Task> queue(TaskOrder order) {
        Optional<String> elsewhere = leadership.leader().filter(leader -> !store.isInForce());
        if (elsewhere.isPresent()) {
            return new Outcome.NotDone<>(
                    new Obstacle.Conflict("without Redis only the controller that leads does tasks, and that is "
                            + elsewhere.get() + ": ask that one"));
        }
        return reaching(() -> {
            Queued queued = store.queue(order, true);
            if (queued instanceof Queued.Added added) {
                return Outcome.done(added.task());
            }
            return new Outcome.NotDone<>(new Obstacle.Conflict(
                    queued instanceof Queued.Busy busy
                            ? "task " + busy.other() + " is not over yet, and does the same"
                            : "task " + order.id() + " cannot be queued: its queue is full, or it is there already"));
        });
    }

    /** Cancels a task that is not over. If a worker has it in hand, that one stops within some seconds; what it has done stays done. */
    @Delete("/{id}")
    @Secured(Roles.OPERATOR)
    @Conditional
    CompletionStage<Changed<TaskBody>> cancel(HttpRequest<?> request, String id) {
        Task task = find(id);
        Precondition<Task> required = ETag.required(request, Task::version);
        return changes.make(
                request,
                new What("task.cancel", "task " + task.id(), Optional.of(TaskBody.of(task))),
                audit -> supplyAsync(() -> cancel(task, required, audit.operator()), blocking),
                TaskBody::of);
    }

    private Outcome<Task> cancel(Task task, Precondition<Task> required, String by) {
        if (!required.holds(task)) {
            return new Outcome.NotDone<>(
                    new Obstacle.Stale("task " + task.id() + " has been changed since it was read"));
        }
        if (task.state().isFinal()) {
            return new Outcome.NotDone<>(
                    new Obstacle.Refused("task " + task.id() + " is over already: it is " + task.state()));
        }
        return reaching(() -> {
            Task cancelled = TaskRules.cancelled(task, by, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return store.cancel(cancelled)
                    ? Outcome.done(cancelled)
                    : new Outcome.NotDone<>(
                            new Obstacle.Conflict("task " + task.id() + " has just changed; try again"));
        });
    }

    private static Outcome<Task> reaching(Supplier<Outcome<Task>> step) {
        try {
            return step.get();
        } catch (TasksAwayException e) {
            return new Outcome.NotDone<>(new Obstacle.Away(String.valueOf(e.getMessage())));
        }
    }

    /** What the queues answer; 503 while they do not. */
    static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (TasksAwayException e) {
            throw ProblemException.later(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), PAUSE);
        }
    }
}
