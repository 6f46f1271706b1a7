package org.pombal.model.ownership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/**
 * The destination's side of one hand-over: serves whoever did not remain at the source, or has left it. Both are read after the
 * group's row was read in hand-over; they are never unsaid, so an answer "yes" counts until the move ends.
 */
final class GroupDestination {

    private final MoveId move;
    private final Surroundings around;
    private final Set<UserKey> served = new HashSet<>();
    private final Set<UserKey> remaining = new HashSet<>();
    private final Map<UserKey, Long> askedAt = new HashMap<>();

    GroupDestination(GroupMove move, Surroundings around) {
        this.move = move.id();
        this.around = around;
    }

    boolean isOf(UserGroup row) {
        return row.move().filter(its -> its.id().equals(move)).isPresent();
    }

    void arrived(long now, UserKey user, List<GroupAction> actions) {
        Long before = askedAt.get(user);
        if (!served.contains(user)
                && (before == null || now - before >= around.timings().retry().toNanos())) {
            askedAt.put(user, now);
            actions.add(new GroupAction.ReadUserProgress(move, user));
        }
    }

    void answered(GroupEvent.UserProgress answer) {
        if (!answer.move().equals(move)) {
            return;
        }
        if (!answer.remaining() || answer.done()) {
            served.add(answer.user());
        } else {
            remaining.add(answer.user());
        }
    }

    Verdict judge(UserKey user, UserGroup row) {
        if (served.contains(user)) {
            return Verdict.SERVE;
        }
        return remaining.contains(user)
                ? new Verdict.AskSource(row.backend())
                : new Verdict.Hold("whether the user has left the source is being read");
    }
}
