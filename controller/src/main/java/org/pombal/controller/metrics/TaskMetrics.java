package org.pombal.controller.metrics;

import static java.util.Objects.requireNonNull;
import static org.pombal.controller.metrics.Gauges.seconds;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.pombal.controller.task.TaskWatch.Seen;
import org.pombal.model.task.TaskQueue;

/** The metrics of a site's tasks. */
final class TaskMetrics {

    private final Gauges gauges;
    private final String site;

    private TaskMetrics(Gauges gauges, String site) {
        this.gauges = requireNonNull(gauges, "gauges is null");
        this.site = requireNonNull(site, "site is null");
    }

    /** @param queues empty while they cannot be reached */
    static void add(Gauges gauges, String site, Optional<Map<TaskQueue, Seen>> queues, Instant now) {
        new TaskMetrics(gauges, site).add(queues, now);
    }

    private void add(Optional<Map<TaskQueue, Seen>> queues, Instant now) {
        gauges.add(
                "pombal_tasks_up",
                "1 if this controller reaches the queues of tasks",
                gauge -> gauge.add(queues.isPresent() ? 1 : 0, "site", site));
        Map<TaskQueue, Seen> known = queues.orElse(Map.of());
        perQueue(known, "pombal_tasks_waiting", "Tasks that no worker has in hand", seen -> seen.figures()
                .waiting());
        perQueue(known, "pombal_tasks_running", "Tasks in the hands of workers", seen -> seen.figures()
                .running());
        perQueue(
                known,
                "pombal_task_lag_seconds",
                "For how long the task has waited that is next",
                seen -> seconds(seen.figures().lag()));
        perQueue(
                known,
                "pombal_tasks_done",
                "Tasks that were done; begins again at 0 when Redis, or without Redis the controller, starts anew",
                seen -> seen.figures().done());
        perQueue(
                known,
                "pombal_tasks_given_up",
                "Tasks that were given up; begins again at 0 as pombal_tasks_done does",
                seen -> seen.figures().givenUp());
        perQueue(
                known,
                "pombal_tasks_unreadable",
                "Tasks that were taken out of Redis because they could not be read; begins again at 0 as pombal_tasks_done does",
                seen -> seen.figures().unreadable());
        gauges.add(
                "pombal_task_pulse_age_seconds",
                "How long ago the last pulse of the queue was done, which shows that the leader queues and that a worker does",
                gauge -> known.forEach((queue, seen) -> seen.pulsedAt()
                        .ifPresent(at -> gauge.add(
                                Math.max(0, seconds(Duration.between(at, now))),
                                "site",
                                site,
                                "queue",
                                queue.toString()))));
        perQueue(known, "pombal_task_workers", "Workers that are there", seen -> seen.workers()
                .size());
    }

    private void perQueue(Map<TaskQueue, Seen> queues, String name, String help, ToDoubleFunction<Seen> value) {
        gauges.add(
                name,
                help,
                gauge -> queues.forEach((queue, seen) ->
                        gauge.add(value.applyAsDouble(seen), "site", site, "queue", queue.toString())));
    }
}
