package org.pombal.model.task;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * What a task is known by, and what makes it the same task when it is queued twice: its idempotency key. Whoever queues a task chooses
 * it, so that a second try after a lost answer adds nothing.
 *
 * @param value 1 to 128 letters, digits and {@code . _ : @ -}
 */
public record TaskId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");

    public TaskId {
        requireNonNull(value, "value is null");
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a task's id: 1 to 128 letters, digits and any of . _ : @ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
