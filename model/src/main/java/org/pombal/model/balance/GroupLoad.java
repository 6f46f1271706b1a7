package org.pombal.model.balance;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.UserGroup;

/**
 * A group and what it weighs.
 *
 * @param load in any unit that all groups share, such as sessions, a mean over an hour or more; 0 or above
 * @param movedAt when it came to its backend, if that is known
 */
public record GroupLoad(UserGroup group, double load, Optional<Instant> movedAt) {

    /** The heaviest first; names decide among equals, so that the same facts give the same plan. */
    static final Comparator<GroupLoad> HEAVIEST_FIRST = (one, other) -> {
        int byLoad = Double.compare(other.load, one.load);
        return byLoad != 0
                ? byLoad
                : one.group.id().name().compareTo(other.group.id().name());
    };

    public GroupLoad {
        requireNonNull(group, "group is null");
        requireNonNull(movedAt, "movedAt is null");
        if (!(load >= 0 && load < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the load of group " + group.id() + " is " + load);
        }
    }

    /** Where its load is, or will be once a move under way is done. */
    public BackendId place() {
        return group.move().map(move -> move.dest()).orElse(group.backend());
    }

    /** Whether automation may move it, but for its last move being too young. */
    public boolean isFree() {
        return !group.stickyBackend() && !group.isMoving();
    }

    boolean isResting(Instant now, Duration cooldown) {
        return movedAt.filter(at -> at.plus(cooldown).isAfter(now)).isPresent();
    }
}
