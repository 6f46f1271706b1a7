package org.pombal.model.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What is to be done: the part of a task that never changes.
 *
 * @param name of the kind of work, as {@code pulse}: 1 to 64 lower-case letters, digits and hyphens
 * @param payload what the work needs to know, in the kind's own notation; at most {@value #MAX_PAYLOAD} characters, no secrets
 * @param timeLimit after which a try is ended and counts as failed; 1 ms to 1 d
 * @param maxFailures with how many failed tries it is given up; 1 to 100
 * @param queuedAt when it was queued first
 * @param expiresAt after which no try begins: what nobody did until then is not worth doing any more
 */
public record TaskOrder(
        TaskId id,
        String name,
        TaskQueue queue,
        String payload,
        Duration timeLimit,
        int maxFailures,
        Instant queuedAt,
        Instant expiresAt) {

    public static final int MAX_PAYLOAD = 65_536;

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Duration LONGEST = Duration.ofDays(1);

    public TaskOrder {
        requireNonNull(id, "id is null");
        requireNonNull(queue, "queue is null");
        requireNonNull(payload, "payload is null");
        requireNonNull(queuedAt, "queuedAt is null");
        requireNonNull(expiresAt, "expiresAt is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not the name of a kind of task: 1 to 64 lower-case letters, digits and hyphens");
        }
        if (payload.length() > MAX_PAYLOAD) {
            throw new IllegalArgumentException("the payload of task " + id + " has " + payload.length()
                    + " characters; at most " + MAX_PAYLOAD + " are allowed");
        }
        if (timeLimit.compareTo(Duration.ofMillis(1)) < 0 || timeLimit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a time limit is 1 ms to 1 day, not " + timeLimit);
        }
        if (maxFailures < 1 || maxFailures > 100) {
            throw new IllegalArgumentException("maxFailures is 1 to 100, not " + maxFailures);
        }
    }
}
