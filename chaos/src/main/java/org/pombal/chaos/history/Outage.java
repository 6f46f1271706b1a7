package org.pombal.chaos.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pombal.chaos.history.ClientEvent.Outcome;

/**
 * A time in which a user was not served: from a disconnection, or the beginning of the first try that failed, to the end of the
 * next that did not.
 *
 * @param failures how many tries failed meanwhile
 */
public record Outage(String user, long begin, long end, int failures) {

    /** The {@link ClientEvent#way} of the clients that are always connected. Only by these it is known when a user was served. */
    public static final String WAY = "resident";

    public Outage {
        requireNonNull(user, "user is null");
    }

    public Duration length() {
        return Duration.ofNanos(end - begin);
    }

    @Override
    public String toString() {
        return "%s was not served for %.1f s, in which %d tries failed"
                .formatted(user, length().toMillis() / 1e3, failures);
    }

    /**
     * The outages in what clients saw.
     *
     * @param events those of each user in the order in which they ended
     * @param now the end of outages that have none yet
     */
    public static List<Outage> in(List<ClientEvent> events, long now) {
        Map<String, Outage> open = new HashMap<>();
        List<Outage> outages = new ArrayList<>();
        for (ClientEvent event :
                events.stream().filter(each -> each.way().equals(WAY)).toList()) {
            if (event.outcome() == Outcome.SERVED) {
                Outage over = open.remove(event.user());
                if (over != null) {
                    outages.add(new Outage(over.user(), over.begin(), event.end(), over.failures()));
                }
            } else {
                long begin = event.outcome() == Outcome.DISCONNECTED ? event.end() : event.begin();
                open.merge(
                        event.user(),
                        new Outage(event.user(), begin, now, event.failed() ? 1 : 0),
                        (earlier, later) -> new Outage(
                                earlier.user(), earlier.begin(), now, earlier.failures() + later.failures()));
            }
        }
        outages.addAll(open.values());
        return outages;
    }
}
