package org.pombal.controller.task.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.task.TaskState;

/** A task as it stands in Redis, in JSON. Times are milliseconds; fields that a newer version adds are passed over. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskDocument(
        String id,
        String name,
        String queue,
        String payload,
        long timeLimit,
        int maxFailures,
        long queuedAt,
        long expiresAt,
        long version,
        String state,
        int tries,
        int failures,
        @Nullable String worker,
        @Nullable Long startedAt,
        @Nullable Long notBefore,
        @Nullable Long endedAt,
        @Nullable String result,
        @Nullable String problem) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static String write(Task task) {
        TaskOrder order = task.order();
        try {
            return JSON.writeValueAsString(new TaskDocument(
                    order.id().value(),
                    order.name(),
                    order.queue().toString(),
                    order.payload(),
                    order.timeLimit().toMillis(),
                    order.maxFailures(),
                    order.queuedAt().toEpochMilli(),
                    order.expiresAt().toEpochMilli(),
                    task.version(),
                    task.state().toString(),
                    task.tries(),
                    task.failures(),
                    task.worker().orElse(null),
                    millis(task.startedAt()),
                    millis(task.notBefore()),
                    millis(task.endedAt()),
                    task.result().orElse(null),
                    task.problem().orElse(null)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("task " + task.id() + " cannot be written as JSON", e);
        }
    }

    /** Empty if it is no task that this version knows: somebody else writes there, or another version of Pombal. */
    static Optional<Task> read(String json) {
        try {
            return Optional.of(JSON.readValue(json, TaskDocument.class).task());
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private Task task() {
        return new Task(
                new TaskOrder(
                        new TaskId(id),
                        name,
                        TaskQueue.parse(queue),
                        payload,
                        Duration.ofMillis(timeLimit),
                        maxFailures,
                        Instant.ofEpochMilli(queuedAt),
                        Instant.ofEpochMilli(expiresAt)),
                version,
                TaskState.parse(state),
                tries,
                failures,
                Optional.ofNullable(worker),
                instant(startedAt),
                instant(notBefore),
                instant(endedAt),
                Optional.ofNullable(result),
                Optional.ofNullable(problem));
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Instant> instant(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }
}
