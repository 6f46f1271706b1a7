package org.pombal.model.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task that comes again and again is due. Time is cut into slots of one period, counted from 1970 in UTC; in each, one task is
 * queued. Its id names the slot: two schedulers, or one that asks twice, add one task. Slots that nobody saw are not made up for.
 *
 * @param name of the kind of task, and of the series
 * @param every length of a slot; at least 1 s
 */
public record TaskRhythm(String name, Duration every) {

    public TaskRhythm {
        requireNonNull(name, "name is null");
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a rhythm of " + every + " is too quick: at least 1 s");
        }
    }

    /** The slot that {@code now} is in. */
    public long slot(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), every.toSeconds());
    }

    /** The slot for which to queue a task at {@code now}: the present one, unless it is the one that was seen to last. */
    public Optional<Long> due(Instant now, Optional<Long> last) {
        long slot = slot(now);
        return last.isPresent() && last.get() >= slot ? Optional.empty() : Optional.of(slot);
    }

    /** What the task of a slot is known by. */
    public TaskId id(long slot) {
        return new TaskId(name + "@" + Instant.ofEpochSecond(slot * every.toSeconds()));
    }

    /** When the next slot begins: from then on a task of this one is of no use. */
    public Instant endOf(long slot) {
        return Instant.ofEpochSecond((slot + 1) * every.toSeconds());
    }
}
