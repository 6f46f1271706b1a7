package org.pombal.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pombal.model.user.UserKey;

/**
 * The sessions of all users, from the moment a node counts one until its process is gone: a sweep over the intervals, made while they
 * come. Two sessions of one user on two machines at once are what must never be.
 */
public final class History {

    /** Where sessions are: of one user, only at one place at a time. */
    public interface Place {

        String name();

        /** Whether nothing can happen there for now. */
        default boolean isFrozen() {
            return false;
        }

        /** When it last could not; 0 if it always could. */
        default long thawedAt() {
            return 0;
        }
    }

    /** A session of one user. */
    public interface Session {

        Place place();

        int number();

        /** In nanoseconds of true time. */
        long begunAt();
    }

    private final EventQueue events;
    private final Map<UserKey, List<Session>> open = new HashMap<>();
    private final List<String> overlaps = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private long exposed;
    private int sessions;

    public History(EventQueue events) {
        this.events = events;
    }

    public void begin(UserKey user, Session session) {
        sessions++;
        List<Session> standing = open.computeIfAbsent(user, key -> new ArrayList<>());
        for (Session other : standing) {
            if (other.place() != session.place()) {
                overlaps.add(String.format(
                        "at %.3f s user %s has a session on %s (process %d) and, since %.3f s, on %s (process %d)",
                        seconds(events.now()),
                        user,
                        session.place().name(),
                        session.number(),
                        seconds(other.begunAt()),
                        other.place().name(),
                        other.number()));
            }
        }
        standing.add(session);
    }

    public void end(UserKey user, Session session) {
        List<Session> standing = open.getOrDefault(user, List.of());
        standing.remove(session);
        for (Session other : standing) {
            // Both lived until now; what counts is how long both could do something.
            if (other.place() != session.place() && !other.place().isFrozen()) {
                long begun = Math.max(other.begunAt(), session.begunAt());
                long thawed = Math.max(other.place().thawedAt(), session.place().thawedAt());
                exposed = Math.max(exposed, events.now() - Math.max(begun, thawed));
            }
        }
    }

    /** Two machines may serve the same users, whether one comes or not. */
    public void mayServeTwice(String who) {
        overlaps.add(String.format("at %.3f s %s", seconds(events.now()), who));
    }

    /** Something else that must never be. */
    public void violated(String what) {
        broken.add(String.format("at %.3f s %s", seconds(events.now()), what));
    }

    /** What is wrong, the first first; empty if nothing is. */
    public List<String> violations() {
        List<String> all = new ArrayList<>(overlaps);
        all.addAll(broken);
        return all;
    }

    public boolean isClean() {
        return overlaps.isEmpty() && broken.isEmpty();
    }

    public boolean hasOverlap() {
        return !overlaps.isEmpty();
    }

    /** The longest time for which two sessions of one user could both do something, in nanoseconds. */
    public long longestExposure() {
        return exposed;
    }

    public int sessions() {
        return sessions;
    }

    private static double seconds(long nanoseconds) {
        return nanoseconds / (double) Chance.SECOND;
    }
}
