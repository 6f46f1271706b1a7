package org.pombal.geodb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The feed by which changes reach nodes within about a second. It is a hint, never a truth: an entry may be late,
 * repeated or lost, and what a node misses costs it latency, not correctness.
 *
 * <p>The accessors of {@link GeoDb} announce their own changes of existing rows; the first assignment of a user or group
 * is not announced, because nobody can hold an older value of it.
 */
public interface Changes {

    /** How long an entry can be read back. A node that was away longer trusts nothing it kept. */
    Duration RETENTION = Duration.ofHours(6);

    /** The most entries one answer has. One that has as many may be cut off: ask on from the time of its last entry. */
    int MAX_ENTRIES = 10_000;

    /**
     * An entry of the feed.
     *
     * @param position identifies the entry, so that a reader that asks for an overlap can drop what it has seen
     * @param at when the writer announced it, by the writer's clock
     */
    record Entry(String position, Instant at, Change change) {}

    CompletionStage<Void> announce(Change change);

    /**
     * The entries announced since {@code from}, oldest first, at most {@link #MAX_ENTRIES}. Readers ask with an overlap
     * for writers whose clocks are behind.
     *
     * @param from inclusive, to the millisecond; what is older than {@link #RETENTION} is gone
     */
    CompletionStage<List<Entry>> since(Instant from);
}
