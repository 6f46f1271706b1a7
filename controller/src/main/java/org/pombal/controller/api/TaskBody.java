package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import org.pombal.model.task.Task;

/**
 * A task.
 *
 * @param name of its kind
 * @param payload what it was given to know
 * @param timeLimitMillis of one try
 * @param tries how often a worker began it
 * @param failures how many of these failed for the task's sake
 * @param maxFailures with how many it is given up
 * @param queuedAt when it was queued first
 * @param expiresAt after which no try begins
 * @param worker who has it in hand, or had it last
 * @param startedAt when the last try began
 * @param notBefore when the next try may begin
 * @param endedAt when it was done or given up
 * @param result what came of it
 * @param problem why the last try came to nothing, or why it was given up
 */
@Schema(name = "Task")
record TaskBody(
        String id,
        String name,

        @Schema(
                type = "string",
                allowableValues = {"high", "low"})
        String queue,

        @Schema(
                type = "string",
                allowableValues = {"waiting", "running", "done", "given-up"})
        String state,

        String payload,
        long timeLimitMillis,
        int tries,
        int failures,
        int maxFailures,
        Instant queuedAt,
        Instant expiresAt,
        Optional<String> worker,
        Optional<Instant> startedAt,
        Optional<Instant> notBefore,
        Optional<Instant> endedAt,
        Optional<String> result,
        Optional<String> problem) {

    static TaskBody of(Task task) {
        return new TaskBody(
                task.id().value(),
                task.order().name(),
                task.order().queue().toString(),
                task.state().toString(),
                task.order().payload(),
                task.order().timeLimit().toMillis(),
                task.tries(),
                task.failures(),
                task.order().maxFailures(),
                task.order().queuedAt(),
                task.order().expiresAt(),
                task.worker(),
                task.startedAt(),
                task.notBefore(),
                task.endedAt(),
                task.result(),
                task.problem());
    }
}
