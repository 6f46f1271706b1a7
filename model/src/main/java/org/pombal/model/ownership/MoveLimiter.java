package org.pombal.model.ownership;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.pombal.model.group.GroupId;

/**
 * How many users of one backend are handed over at once: the setting {@code cluster_max_parallel_moves}. Bounds the sessions that end, and
 * the logins and writes that follow. A place is taken for {@link #SHORTEST} at least, however fast a user was, since logins take longer than kicks.
 */
public final class MoveLimiter {

    /** With 100 places 250 sessions end in a second, once the first 100 have. */
    public static final Duration SHORTEST = Duration.ofMillis(400);

    private final int most;
    private int underWay;
    private final PriorityQueue<Long> resting = new PriorityQueue<>();
    private final Set<GroupId> waiting = new LinkedHashSet<>();

    /** @param most at least 1 */
    public MoveLimiter(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("cluster_max_parallel_moves is at least 1, not " + most);
        }
        this.most = most;
    }

    /**
     * Whether one more may begin; then {@link #end} must follow, or {@link #giveBack}. If not, the group waits for a place, until it
     * {@linkplain #leave leaves}.
     */
    public boolean begin(long now, GroupId group) {
        if (!hasRoom(now)) {
            waiting.add(group);
            return false;
        }
        underWay++;
        return true;
    }

    private boolean hasRoom(long now) {
        while (!resting.isEmpty() && resting.peek() <= now) {
            resting.remove();
        }
        return underWay + resting.size() < most;
    }

    /** @param began when the move that has ended now began */
    public void end(long now, long began) {
        giveBack();
        long free = began + SHORTEST.toNanos();
        if (free > now) {
            resting.add(free);
        }
    }

    /** A move that was begun will not be made. */
    public void giveBack() {
        if (underWay == 0) {
            throw new IllegalStateException("more moves have ended than begun");
        }
        underWay--;
    }

    /** The group needs no place any more. */
    public void leave(GroupId group) {
        waiting.remove(group);
    }

    /** Who has waited longest for a place that there is now. */
    public Optional<GroupId> next(long now) {
        return hasRoom(now) ? waiting.stream().findFirst() : Optional.empty();
    }

    /** When the group, if it waits and is the next, may try again; {@link Long#MAX_VALUE} if nobody can tell yet. */
    long retryAt(GroupId group) {
        boolean isNext = !waiting.isEmpty() && waiting.iterator().next().equals(group);
        return isNext && !resting.isEmpty() ? resting.peek() : Long.MAX_VALUE;
    }

    public int underWay() {
        return underWay;
    }
}
