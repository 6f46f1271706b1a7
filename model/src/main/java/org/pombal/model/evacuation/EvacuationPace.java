package org.pombal.model.evacuation;

import static java.util.Objects.requireNonNull;
import static org.pombal.model.parameter.Range.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast something is emptied: all at once, or so many a minute. What is counted are the groups of a backend, or the users of a site.
 *
 * @param perMinute 1 to 100,000; empty for all at once
 * @param atOnce how many may be on the move at a time, 1 to 100,000
 */
public record EvacuationPace(Optional<Integer> perMinute, int atOnce) {

    public EvacuationPace {
        requireNonNull(perMinute, "perMinute is null");
        perMinute.ifPresent(rate -> check("perMinute", rate, 1, 100_000));
        check("atOnce", atOnce, 1, 100_000);
    }

    /**
     * How far it is.
     *
     * @param startedAt when it began
     * @param total what there was to move then
     * @param waiting what has not begun to move
     * @param moving what is on the move
     */
    public record Progress(Instant startedAt, long total, long waiting, long moving) {

        public Progress {
            requireNonNull(startedAt, "startedAt is null");
            if (total < 0 || waiting < 0 || moving < 0) {
                throw new IllegalArgumentException(waiting + " wait and " + moving + " move of " + total);
            }
        }

        /** What has come to its destination; what was added since counts as well. */
        public long done() {
            return Math.max(0, total - waiting - moving);
        }

        public boolean isOver() {
            return waiting + moving == 0;
        }
    }

    /** How many may begin to move now. */
    public long due(Progress progress, Instant now) {
        long room = Math.min(progress.waiting(), Math.max(0, atOnce - progress.moving()));
        if (perMinute.isEmpty()) {
            return room;
        }
        long begun = Math.max(0, progress.total() - progress.waiting());
        double minutes = Math.max(0, Duration.between(progress.startedAt(), now).toMillis()) / 60_000.0;
        long allowed = 1 + (long) (minutes * perMinute.get());
        return Math.max(0, Math.min(room, allowed - begun));
    }

    /**
     * How long it will still take, if it goes on as it did; empty as long as nothing has arrived, unless a rate says at least how long. A
     * rate is a limit: where moves take longer, their pace counts.
     */
    public Optional<Duration> left(Progress progress, Instant now) {
        if (progress.isOver()) {
            return Optional.of(Duration.ZERO);
        }
        long left = progress.waiting() + progress.moving();
        long millis = Duration.between(progress.startedAt(), now).toMillis();
        Optional<Duration> asBefore = progress.done() == 0 || millis <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) ((double) millis * left / progress.done())));
        Optional<Duration> byRate =
                perMinute.map(rate -> Duration.ofMillis(Math.round(60_000.0 * progress.waiting() / rate)));
        if (asBefore.isPresent() && byRate.isPresent()) {
            return asBefore.get().compareTo(byRate.get()) > 0 ? asBefore : byRate;
        }
        return asBefore.or(() -> byRate);
    }
}
