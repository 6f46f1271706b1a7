package org.pombal.model.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task that comes again and again is due. Time is cut into slots of one period, counted from 1970 in UTC; in each, one task is
 * queued. Its id names the slot: two schedulers, or one that asks twice, add one task. Slots that nobody saw are not made up for, nor those
 * that are seen when they are almost over: nobody could do their task in time.
 *
 * @param name of the kind of task, and of the series
 * @param every length of a slot; at least 1 s
 */
public record TaskRhythm(String name, Duration every) {

    /** No task is queued in the last tenth of a slot, or in so much of it. */
    private static final Duration TOO_LATE = Duration.ofSeconds(2);

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

    /** The slot for which to queue a task at {@code now}: the present one, unless it is the one that was seen to last, or almost over. */
    public Optional<Long> due(Instant now, Optional<Long> last) {
        long slot = slot(now);
        boolean isSeenTo = last.isPresent() && last.get() >= slot;
        return isSeenTo || isAlmostOver(slot, now) ? Optional.empty() : Optional.of(slot);
    }

    private boolean isAlmostOver(long slot, Instant now) {
        Duration tenth = every.dividedBy(10);
        Duration least = tenth.compareTo(TOO_LATE) < 0 ? tenth : TOO_LATE;
        return Duration.between(now, endOf(slot)).compareTo(least) < 0;
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
