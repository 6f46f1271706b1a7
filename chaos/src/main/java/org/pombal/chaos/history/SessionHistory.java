package org.pombal.chaos.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of all users, as they begin and end, and those that should not have been at the same time. What is told must
 * be in the order of time. Not for use by several threads.
 */
public final class SessionHistory {

    private final Map<Long, MailboxSession> open = new HashMap<>();
    private final Map<String, Map<Long, MailboxSession>> byUser = new HashMap<>();
    private final Map<String, Long> begunOf = new HashMap<>();
    private final List<Overlap> overlaps = new ArrayList<>();
    private long latest = Long.MIN_VALUE;

    /**
     * A session begins.
     *
     * @return those of the user on other backends that live
     * @throws IllegalArgumentException if it began before what was told last, or its number was told already
     */
    public List<Overlap> begins(MailboxSession session) {
        inOrder(session.begin());
        if (open.putIfAbsent(session.number(), session) != null) {
            throw new IllegalArgumentException("session " + session.number() + " began twice");
        }
        Map<Long, MailboxSession> his = byUser.computeIfAbsent(session.user(), user -> new HashMap<>());
        List<Overlap> found = his.values().stream()
                .filter(other -> !other.backend().equals(session.backend()))
                .map(other -> new Overlap(other, session))
                .toList();
        his.put(session.number(), session);
        begunOf.merge(session.process(), 1L, Long::sum);
        overlaps.addAll(found);
        return found;
    }

    /**
     * A session ends.
     *
     * @return it, or nothing if no such session lives
     * @throws IllegalArgumentException if it ended before what was told last
     */
    public Optional<MailboxSession> ends(long number, long time) {
        inOrder(time);
        Optional<MailboxSession> ended = Optional.ofNullable(open.remove(number));
        ended.ifPresent(session -> byUser.computeIfPresent(session.user(), (user, his) -> {
            his.remove(number);
            return his.isEmpty() ? null : his;
        }));
        return ended;
    }

    private void inOrder(long time) {
        if (time < latest) {
            throw new IllegalArgumentException("time " + time + " comes after " + latest);
        }
        latest = time;
    }

    public List<Overlap> overlaps() {
        return List.copyOf(overlaps);
    }

    /** How many sessions began, by the name of the process. */
    public Map<String, Long> begun() {
        return Map.copyOf(begunOf);
    }

    /** The sessions that live. */
    public Collection<MailboxSession> living() {
        return List.copyOf(open.values());
    }
}
