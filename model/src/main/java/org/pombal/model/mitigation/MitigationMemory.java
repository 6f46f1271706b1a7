package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.statistics.ProxyDestination;

/**
 * What one judgement leaves to the next. Losing it delays decisions and nothing else.
 *
 * @param at of the last judgement
 */
public record MitigationMemory(Optional<Instant> at, Map<ProxyDestination, Track> tracks) {

    public static final MitigationMemory EMPTY = new MitigationMemory(Optional.empty(), Map.of());

    /**
     * A destination's recent past.
     *
     * @param since when its condition began
     * @param shedAt when a group was last told to leave
     * @param offlineAt when it was taken offline, of the last day
     */
    public record Track(Condition condition, Instant since, Optional<Instant> shedAt, List<Instant> offlineAt) {

        public Track {
            requireNonNull(condition, "condition is null");
            requireNonNull(since, "since is null");
            requireNonNull(shedAt, "shedAt is null");
            offlineAt = List.copyOf(offlineAt);
        }
    }

    public MitigationMemory {
        requireNonNull(at, "at is null");
        tracks = Map.copyOf(tracks);
    }
}
