package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.pombal.dovecot.auth.MailProtocol;

/**
 * What became of one user.
 *
 * @param group the user's group in GeoDB
 * @param backend the backend that owns the group in GeoDB
 * @param served for each protocol, the backends that really served the user
 * @param problems what went wrong, in words; empty if nothing did
 */
record Visit(String user, String group, String backend, Map<MailProtocol, List<String>> served, List<String> problems) {

    Visit {
        requireNonNull(user, "user is null");
        requireNonNull(group, "group is null");
        requireNonNull(backend, "backend is null");
        served = Map.copyOf(served);
        problems = List.copyOf(problems);
    }

    /** Whether each protocol was served, by GeoDB's backend and by no other. */
    boolean isTrue() {
        return problems.isEmpty()
                && served.keySet().containsAll(List.of(MailProtocol.values()))
                && served.values().stream().allMatch(List.of(backend)::equals);
    }
}
