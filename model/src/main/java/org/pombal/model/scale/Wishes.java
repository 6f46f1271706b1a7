package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How many backends were wanted of late. Before a backend is removed, fewer must have been enough all the time: a lull of minutes is no reason.
 *
 * @param since when it began to be known without a gap
 * @param last when the newest was
 * @param highs those that no later one has reached, the oldest first: numbers only fall along the list, so it is short
 */
public record Wishes(Instant since, Instant last, List<Wish> highs) {

    /** So many were wanted at a time. */
    public record Wish(Instant at, int number) {

        public Wish {
            requireNonNull(at, "at is null");
        }
    }

    public Wishes {
        requireNonNull(since, "since is null");
        requireNonNull(last, "last is null");
        highs = List.copyOf(highs);
    }

    static Wishes first(Instant at, int number) {
        return new Wishes(at, at, List.of(new Wish(at, number)));
    }

    /**
     * With what is wanted now.
     *
     * @param gap after a longer one, or a clock that was set back, what was before is forgotten
     * @param window what is older is not asked for any more
     */
    Wishes plus(Instant now, int number, Duration gap, Duration window) {
        if (now.isBefore(last) || last.plus(gap).isBefore(now)) {
            return first(now, number);
        }
        List<Wish> kept = new ArrayList<>();
        for (Wish wish : highs) {
            if (wish.number() > number && !wish.at().isBefore(now.minus(window))) {
                kept.add(wish);
            }
        }
        kept.add(new Wish(now, number));
        return new Wishes(since, now, kept);
    }

    /** Most that were wanted, as far back as is known. */
    int most() {
        return highs.get(0).number();
    }

    Instant mostAt() {
        return highs.get(0).at();
    }

    boolean covers(Duration window) {
        return !since.plus(window).isAfter(last);
    }
}
