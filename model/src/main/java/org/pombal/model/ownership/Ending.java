package org.pombal.model.ownership;

import java.util.List;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.user.UserKey;

/**
 * Ends all sessions of one user, ever more urgently; it has succeeded only when none is counted any more. A delivery that is asked to end
 * is a mail that comes twice, or late, so half of the gentle time is its own.
 */
final class Ending {

    private final UserKey user;
    private long begunAt = Long.MIN_VALUE;
    private long nextTry;

    Ending(UserKey user) {
        this.user = user;
    }

    /** @return whether all have ended */
    boolean proceed(
            long now, Sessions sessions, OwnershipTimings timings, HandOverRules rules, List<GroupAction> actions) {
        // A login that was let in before may still become a session; it is judged again then, and refused.
        boolean left = sessions.hasSession(user) || sessions.hasOlderProcesses();
        long sinceKick = begunAt == Long.MIN_VALUE ? 0 : now - begunAt;
        if (rules.haveEnded(left, sinceKick)) {
            return true;
        }
        if (begunAt == Long.MIN_VALUE) {
            begunAt = now;
            nextTry = now;
        }
        if (now >= nextTry) {
            Urgency urgency = urgency(now - begunAt, timings);
            actions.add(new GroupAction.EndSessions(user, urgency));
            if (urgency == Urgency.FORCED && sessions.hasOlderProcesses()) {
                actions.add(new GroupAction.EndOlderProcesses());
            }
            nextTry = now + timings.kick().toNanos() / (urgency == Urgency.FORCED ? 1 : 2);
        }
        return false;
    }

    private static Urgency urgency(long since, OwnershipTimings timings) {
        long gentle = timings.kick().toNanos();
        return since >= gentle ? Urgency.FORCED : since >= gentle / 2 ? Urgency.FIRM : Urgency.POLITE;
    }

    long nextTick() {
        return begunAt == Long.MIN_VALUE ? Long.MIN_VALUE : nextTry;
    }
}
