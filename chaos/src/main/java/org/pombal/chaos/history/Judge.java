package org.pombal.chaos.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pombal.chaos.history.ClientEvent.Outcome;

/**
 * What a run has to keep to, besides that no sessions overlap.
 *
 * @param limit how long users may go without being served after a kill
 */
public record Judge(Duration limit) {

    /** What a user waits for takes several processes, one after the other. */
    private static final int LATE_TIMES = 3;

    public Judge {
        requireNonNull(limit, "limit is null");
    }

    /**
     * What was not kept to, in words; nothing if all was.
     *
     * @param rounds in their order; each counts until the next begins
     */
    public List<String> faults(List<Round> rounds, List<ClientEvent> events, long now) {
        List<String> faults = new ArrayList<>();
        for (ClientEvent event : events) {
            if (event.outcome() == Outcome.FAILED_FOR_GOOD && !isDovecotsOwn(event, rounds)) {
                faults.add("failed for good: " + shown(event));
            }
        }
        for (Round round : rounds) {
            if (round.served().isEmpty()) {
                faults.add(round.name() + ": not every user was served again");
            }
            if (round.kind() == Round.Kind.PLANNED) {
                events.stream()
                        .filter(event -> event.failed() && round.isUnderWay(event.begin()))
                        .forEach(event -> faults.add(round.name() + ", where nothing may fail: " + shown(event)));
            }
        }
        for (Outage outage : Outage.in(events, now)) {
            Round.at(outage.begin(), rounds)
                    .filter(round -> isTooLong(round, outage))
                    .ifPresent(round -> faults.add(round.name() + ": " + outage));
        }
        return faults;
    }

    /**
     * Dovecot says that the password is wrong when it loses its connection to auth, which is the node here, while a login waits
     * for the answer; in its log that is an "auth process communication failure".
     */
    private static boolean isDovecotsOwn(ClientEvent event, List<Round> rounds) {
        return event.text().contains("[AUTHENTICATIONFAILED]")
                && Round.at(event.end(), rounds).filter(Round::breaksAuth).isPresent();
    }

    private boolean isTooLong(Round round, Outage outage) {
        long from = round.kind() == Round.Kind.OTHER ? Math.max(outage.begin(), round.healed()) : outage.begin();
        return outage.end() - from
                > limit.plus(round.late().multipliedBy(LATE_TIMES)).toNanos();
    }

    /** What was acknowledged and is not there. */
    public static List<String> lost(Map<String, Integer> delivered, Map<String, Integer> found) {
        return delivered.entrySet().stream()
                .filter(user -> found.getOrDefault(user.getKey(), 0) < user.getValue())
                .map(user -> "%s has %d of %d messages whose delivery was acknowledged"
                        .formatted(user.getKey(), found.getOrDefault(user.getKey(), 0), user.getValue()))
                .sorted()
                .toList();
    }

    private static String shown(ClientEvent event) {
        return "%s of %s after %d ms: %s"
                .formatted(event.way(), event.user(), (event.end() - event.begin()) / 1_000_000, event.text());
    }
}
