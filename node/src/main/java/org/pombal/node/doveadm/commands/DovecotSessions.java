package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.model.backend.HostName;
import org.pombal.model.failure.FailureText;

/**
 * Asks backends' Dovecots who is there: those whose mailboxes they have open, and those whom they pass on to other backends, as 2.3 does
 * with users of others who log in there. A backend is empty when there is neither.
 */
final class DovecotSessions {

    /** Whoever looks at a backend's status must not wait long for a Dovecot that hangs. */
    private static final int PATIENCE_SECONDS = 5;

    private final BackendDoveadms doveadms;

    DovecotSessions(BackendDoveadms doveadms) {
        this.doveadms = requireNonNull(doveadms, "doveadms is null");
    }

    /** What a Dovecot said, or why it said nothing. */
    sealed interface Answer {}

    /**
     * Sessions there are.
     *
     * @param own with a mailbox open here
     * @param passedOn that only pass through here
     * @param passedOnUsers whose these are
     */
    record Counted(int own, int passedOn, Set<String> passedOnUsers) implements Answer {

        boolean isEmpty() {
            return own == 0 && passedOn == 0;
        }
    }

    /**
     * Nothing is known.
     *
     * @param mayChange whether there is any use in asking again
     */
    record Unknown(String why, boolean mayChange) implements Answer {}

    /** Never fails. */
    CompletionStage<Answer> at(HostName backend) {
        return doveadms.of(backend.value())
                .thenCompose(client -> client.map(DovecotSessions::count)
                        .orElseGet(() -> completedFuture(new Unknown(
                                "cluster_backend_doveadm_key is not set, so its Dovecot cannot be asked", false))))
                .exceptionally(failure -> new Unknown(reason(failure), true));
    }

    /**
     * Ends the sessions of these users that pass through the backend, so that their clients log in again and come straight to their own.
     * Never fails: whether they have ended tells {@link #at}.
     */
    CompletionStage<Void> endPassedOn(HostName backend, Collection<String> users) {
        return doveadms.of(backend.value())
                .thenCompose(client -> client.isEmpty()
                        ? completedFuture((Void) null)
                        : CompletableFuture.allOf(users.stream()
                                .map(user -> client.get().proxyKick(user).toCompletableFuture())
                                .toArray(CompletableFuture<?>[]::new)))
                .exceptionally(failure -> null);
    }

    private static CompletionStage<Answer> count(DoveadmClient client) {
        return client.who()
                .thenCombine(client.proxyList(), (who, proxied) -> {
                    List<Map<String, String>> passedOn =
                            proxied.stream().filter(DovecotSessions::isPassedOn).toList();
                    return (Answer) new Counted(
                            connections(who.stream().filter(row -> !isPassedOn(row))),
                            connections(passedOn.stream()),
                            passedOn.stream()
                                    .flatMap(row -> Optional.ofNullable(row.get("username")).stream())
                                    .collect(Collectors.toUnmodifiableSet()));
                })
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** 2.4 has all sessions in both lists; those that are passed on are of a login service. 2.3 says where they go. */
    private static boolean isPassedOn(Map<String, String> row) {
        return row.containsKey("dest-ip") || row.getOrDefault("service", "").endsWith("-login");
    }

    /** A row may be for all connections of a user to a service. */
    private static int connections(Stream<Map<String, String>> rows) {
        return rows.map(row -> row.getOrDefault("connections", "1"))
                .mapToInt(count -> count.matches("[0-9]{1,9}") ? Integer.parseInt(count) : 1)
                .sum();
    }

    private static String reason(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        return cause.getMessage() == null
                ? "its doveadm does not answer within " + PATIENCE_SECONDS + " s"
                : cause.getMessage();
    }

    /** What is still to be done before the backend is empty, in words. */
    static String left(Counted counted) {
        List<String> left = new ArrayList<>();
        if (counted.own() > 0) {
            left.add(counted.own() + " sessions are still open on it");
        }
        if (counted.passedOn() > 0) {
            left.add(counted.passedOn() + " still pass through it to other backends");
        }
        return String.join(", ", left);
    }
}
