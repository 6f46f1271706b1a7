package org.pombal.controller.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.controller.task.QueueFigures;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.WorkerSeen;
import org.pombal.model.task.TaskQueue;

/** The queues of tasks, and who works on them. Asks Redis, if tasks are there, on threads that may wait. */
@Tag(name = "Tasks")
@Controller("/api/v1/task-queues")
@Secured(Roles.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TaskQueueRoutes {

    /**
     * A worker that is there.
     *
     * @param name its machine, process, queue and number
     * @param seenAt when it said so last
     */
    @Schema(name = "Worker")
    record WorkerBody(String name, Instant seenAt) {

        static WorkerBody of(WorkerSeen worker) {
            return new WorkerBody(worker.name(), worker.seenAt());
        }
    }

    /**
     * A queue.
     *
     * @param waiting how many tasks nobody has in hand
     * @param running how many are in the hands of workers
     * @param lagMillis for how long the one has waited that is next
     * @param done how many were done since the queue's numbers began
     * @param givenUp how many were given up since then
     * @param workers those that are there; without any, its tasks wait
     */
    @Schema(name = "TaskQueue")
    record QueueBody(
            @Schema(
                    type = "string",
                    allowableValues = {"high", "low"})
            String name,

            long waiting,
            long running,
            long lagMillis,
            long done,
            long givenUp,
            List<WorkerBody> workers) {

        static QueueBody of(TaskQueue queue, QueueFigures figures, List<WorkerSeen> workers) {
            return new QueueBody(
                    queue.toString(),
                    figures.waiting(),
                    figures.running(),
                    figures.lag().toMillis(),
                    figures.done(),
                    figures.givenUp(),
                    workers.stream().map(WorkerBody::of).toList());
        }
    }

    private final TaskStore store;

    TaskQueueRoutes(TaskStore store) {
        this.store = store;
    }

    /** Shows the queues, and who works on them. */
    @Get
    Items<QueueBody> queues() {
        return Items.all(Arrays.stream(TaskQueue.values())
                .map(queue -> TaskRoutes.asked(() -> QueueBody.of(queue, store.figures(queue), store.workers(queue))))
                .toList());
    }
}
