package org.pombal.model.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits how many wrong credentials an address may try: {@code limit} in a minute that begins with the first. Whoever has used them up
 * has to wait for the end of the minute, whatever he then brings, so that guessing learns nothing.
 *
 * <p>It remembers a bounded number of addresses. When there are more, the oldest are forgotten: an attacker with that many addresses
 * cannot be stopped by counting them. Not safe for several threads.
 */
public final class AttemptLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private record Count(Instant since, int failures) {

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(WINDOW));
        }
    }

    private final int limit;
    private final Map<String, Count> counts;

    /**
     * @param limit wrong attempts in a minute, from 1
     * @param addresses how many addresses are remembered
     */
    public AttemptLimiter(int limit, int addresses) {
        this.limit = limit;
        this.counts = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                return size() > addresses;
            }
        };
    }

    /** How long the address still has to wait; empty if it may try. */
    public Optional<Duration> wait(String address, Instant now) {
        Count count = counts.get(address);
        return count == null || count.isOver(now) || count.failures() < limit
                ? Optional.empty()
                : Optional.of(Duration.between(now, count.since().plus(WINDOW)));
    }

    /** A wrong attempt. */
    public void failed(String address, Instant now) {
        Count count = counts.get(address);
        if (count == null || count.isOver(now)) {
            counts.remove(address);
            counts.put(address, new Count(now, 1));
        } else {
            counts.put(address, new Count(count.since(), count.failures() + 1));
        }
    }

    /** An attempt that was counted as wrong was not. */
    public void forgiven(String address) {
        counts.computeIfPresent(address, (known, count) -> new Count(count.since(), Math.max(0, count.failures() - 1)));
    }
}
