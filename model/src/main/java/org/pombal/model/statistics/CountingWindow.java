package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From counters that only grow to what was counted in the last while. Each reading is compared with the one before; the
 * differences are kept in about {@value #PARTS} parts, so that the window is at least as long as asked for and little longer.
 * Used by one thread.
 *
 * <p>Whoever counts may begin again at zero. Then all of a reading is new, but what was counted between the reading before and the
 * restart is lost.
 *
 * @param <K> what is counted
 */
public final class CountingWindow<K> {

    /** Bounds the memory, whatever the interval between readings. */
    static final int PARTS = 10;

    /**
     * A reading of all counters.
     *
     * @param since when the counting began; another moment than before means that it began again
     */
    public record Reading<K>(Instant at, Instant since, Map<K, Counts> counters) {
        public Reading {
            requireNonNull(at, "at is null");
            requireNonNull(since, "since is null");
            counters = Map.copyOf(counters);
        }
    }

    /** What was counted between two moments. */
    public record Span<K>(Instant from, Instant until, Map<K, Counts> counts) {
        public Span {
            requireNonNull(from, "from is null");
            requireNonNull(until, "until is null");
            counts = Map.copyOf(counts);
        }

        Span<K> joined(Span<K> next) {
            Map<K, Counts> sum = new HashMap<>(counts);
            next.counts.forEach((key, count) -> sum.merge(key, count, Counts::plus));
            return new Span<>(from, next.until, sum);
        }
    }

    private final Duration length;
    private final Duration part;
    private final List<Span<K>> parts = new ArrayList<>();
    private Optional<Reading<K>> last = Optional.empty();

    public CountingWindow(Duration length) {
        this.length = requireNonNull(length, "length is null");
        this.part = length.dividedBy(PARTS);
    }

    /**
     * Takes a reading.
     *
     * @return the window that ends with it, with each counter of it; empty for the first reading, which only tells where counters
     *     stand
     */
    public Optional<Span<K>> add(Reading<K> reading) {
        Optional<Reading<K>> before = last.filter(earlier -> earlier.at().isBefore(reading.at()));
        last = Optional.of(reading);
        if (before.isEmpty()) {
            // The first, or the clock was set back, and what is kept is of another time.
            parts.clear();
            return Optional.empty();
        }
        append(difference(before.get(), reading));
        Instant oldest = reading.at().minus(length);
        while (parts.size() > 1 && !parts.get(1).from().isAfter(oldest)) {
            parts.remove(0);
        }
        return parts.stream().reduce(Span::joined);
    }

    private void append(Span<K> next) {
        int end = parts.size() - 1;
        boolean shortEnough = end >= 0
                && Duration.between(parts.get(end).from(), next.until()).compareTo(part) <= 0;
        if (shortEnough) {
            parts.set(end, parts.get(end).joined(next));
        } else {
            parts.add(next);
        }
    }

    private static <K> Span<K> difference(Reading<K> before, Reading<K> now) {
        boolean begunAgain = !now.since().equals(before.since());
        Map<K, Counts> counts = new HashMap<>();
        now.counters()
                .forEach((key, counter) -> counts.put(
                        key,
                        begunAgain ? counter : counter.since(before.counters().getOrDefault(key, Counts.NONE))));
        return new Span<>(before.at(), now.at(), counts);
    }
}
