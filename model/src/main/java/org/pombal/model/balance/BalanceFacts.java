package org.pombal.model.balance;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.pombal.model.backend.Backend;

/**
 * What is known of a site when its load is to be balanced.
 *
 * @param backends all of the site
 * @param groups all of the site
 * @param samples how many samples of the load there are
 * @param measuredAt when the newest was taken
 */
public record BalanceFacts(
        Instant now, List<Backend> backends, List<GroupLoad> groups, long samples, Instant measuredAt) {

    public BalanceFacts {
        requireNonNull(now, "now is null");
        requireNonNull(measuredAt, "measuredAt is null");
        backends = List.copyOf(backends);
        groups = List.copyOf(groups);
    }

    /** How many groups are on the move. */
    public int moving() {
        return (int) groups.stream().filter(group -> group.group().isMoving()).count();
    }
}
