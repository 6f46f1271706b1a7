package org.pombal.chaos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.pombal.chaos.history.ClientEvent;
import org.pombal.chaos.history.ClientEvent.Outcome;
import org.pombal.demo.mail.MailException;

/** What all clients have seen so far. */
public final class Observations {

    private final List<ClientEvent> events = new ArrayList<>();
    private final Map<String, Long> servedAt = new ConcurrentHashMap<>();
    private final Map<String, Integer> delivered = new TreeMap<>();

    synchronized void add(ClientEvent event) {
        events.add(event);
    }

    void served(String user, String way, long begin) {
        add(new ClientEvent(user, way, Outcome.SERVED, begin, System.nanoTime(), ""));
    }

    void failed(String user, String way, long begin, MailException failure) {
        String text = String.valueOf(failure.getMessage());
        add(new ClientEvent(user, way, Refusals.outcome(text), begin, System.nanoTime(), text));
    }

    void disconnected(String user, String way, long begin, MailException failure) {
        add(new ClientEvent(user, way, Outcome.DISCONNECTED, begin, begin, String.valueOf(failure.getMessage())));
    }

    /** A resident user's mailbox answers. */
    void answers(String user) {
        servedAt.put(user, System.nanoTime());
    }

    synchronized void delivered(String user) {
        delivered.merge(user, 1, Integer::sum);
    }

    /** How many deliveries to each user were acknowledged. */
    public synchronized Map<String, Integer> deliveries() {
        return Map.copyOf(delivered);
    }

    /** All events, in the order in which they ended. */
    public synchronized List<ClientEvent> events() {
        return List.copyOf(events);
    }

    /** Those of the users whose mailbox did not answer after this time of CLOCK_MONOTONIC. */
    public List<String> notServedSince(long time, List<String> users) {
        return users.stream()
                .filter(user -> servedAt.getOrDefault(user, Long.MIN_VALUE) <= time)
                .toList();
    }
}
