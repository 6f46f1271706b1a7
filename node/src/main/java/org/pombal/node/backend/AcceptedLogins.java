package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.model.user.UserKey;

/**
 * Logins that were let in and about which no mail process has asked yet. Most are asked about within milliseconds; one
 * whose client went away never is.
 */
final class AcceptedLogins {

    /** Auth forgets an accepted login after 150 s ({@code AUTH_REQUEST_TIMEOUT_SECS} in Dovecot's source). */
    static final Duration LIFETIME = Duration.ofSeconds(160);

    private final Map<LoginReference, Accepted> logins = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    private record Accepted(UserKey user, long sinceNanos) {}

    /** @param nanoTime a clock as {@link System#nanoTime()} */
    AcceptedLogins(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    void add(LoginReference login, UserKey user) {
        logins.put(login, new Accepted(user, nanoTime.getAsLong()));
    }

    /** A mail process asks. Empty if the login was let in before this node started, or never. */
    Optional<UserKey> take(LoginReference login) {
        return Optional.ofNullable(logins.remove(login)).map(Accepted::user);
    }

    int size() {
        return logins.size();
    }

    /** Forgets those that auth has forgotten too. */
    void sweep() {
        long now = nanoTime.getAsLong();
        logins.values().removeIf(accepted -> now - accepted.sinceNanos() > LIFETIME.toNanos());
    }
}
