package org.pombal.controller.task;

import static java.util.Objects.requireNonNull;

import org.pombal.model.task.Task;

/**
 * A task in the hands of a worker.
 *
 * @param task as it was read or written last
 * @param worker in whose hands
 * @param entry by which the queue knows it
 * @param askedAt {@link System#nanoTime} before it was asked for; the hold time counts from then
 */
public record Delivery(Task task, String worker, String entry, long askedAt) {

    public Delivery {
        requireNonNull(task, "task is null");
        requireNonNull(worker, "worker is null");
        requireNonNull(entry, "entry is null");
    }

    /** The same after {@code next} was written. */
    public Delivery with(Task next) {
        return new Delivery(next, worker, entry, askedAt);
    }
}
