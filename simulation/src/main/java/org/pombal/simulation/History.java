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
final class History {

    private final EventQueue events;
    private final Map<UserKey, List<MailProcess>> open = new HashMap<>();
    private final List<String> overlaps = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private long exposed;
    private int sessions;

    History(EventQueue events) {
        this.events = events;
    }

    void begin(UserKey user, MailProcess session) {
        sessions++;
        List<MailProcess> standing = open.computeIfAbsent(user, key -> new ArrayList<>());
        for (MailProcess other : standing) {
            if (other.host() != session.host()) {
                overlaps.add(String.format(
                        "at %.3f s user %s has a session on %s (process %d) and, since %.3f s, on %s (process %d)",
                        seconds(events.now()),
                        user,
                        session.host().name(),
                        session.number(),
                        seconds(other.begunAt()),
                        other.host().name(),
                        other.number()));
            }
        }
        standing.add(session);
    }

    void end(UserKey user, MailProcess session) {
        List<MailProcess> standing = open.getOrDefault(user, List.of());
        standing.remove(session);
        for (MailProcess other : standing) {
            // Both lived until now; what counts is how long both could do something.
            if (other.host() != session.host() && !other.host().isFrozen()) {
                long begun = Math.max(other.begunAt(), session.begunAt());
                long thawed = Math.max(other.host().thawedAt(), session.host().thawedAt());
                exposed = Math.max(exposed, events.now() - Math.max(begun, thawed));
            }
        }
    }

    /** Two machines may serve the same users, whether one comes or not. */
    void mayServeTwice(String who) {
        overlaps.add(String.format("at %.3f s %s", seconds(events.now()), who));
    }

    /** Something else that must never be. */
    void violated(String what) {
        broken.add(String.format("at %.3f s %s", seconds(events.now()), what));
    }

    /** What is wrong, the first first; empty if nothing is. */
    List<String> violations() {
        List<String> all = new ArrayList<>(overlaps);
        all.addAll(broken);
        return all;
    }

    boolean isClean() {
        return overlaps.isEmpty() && broken.isEmpty();
    }

    boolean hasOverlap() {
        return !overlaps.isEmpty();
    }

    /** The longest time for which two sessions of one user could both do something, in nanoseconds. */
    long longestExposure() {
        return exposed;
    }

    int sessions() {
        return sessions;
    }

    private static double seconds(long nanoseconds) {
        return nanoseconds / (double) Chance.SECOND;
    }
}
