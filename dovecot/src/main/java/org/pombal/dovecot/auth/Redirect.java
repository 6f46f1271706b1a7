package org.pombal.dovecot.auth;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A 2.4 proxy asks where to go on, because the backend it tried referred it elsewhere
 * ({@code proxy_redirect_reauth}; Dovecot's {@code src/login-common/client-common-auth.c}).
 *
 * @param user who is being proxied ({@code destuser=})
 * @param next {@code host:port} that the backend named ({@code proxy_redirect_host_next=})
 * @param attempts {@code ip:port} of the destinations tried so far, the latest first
 *     ({@code proxy_redirect_host_attempts=})
 */
public record Redirect(String user, String next, List<String> attempts) {

    public Redirect {
        requireNonNull(user, "user is null");
        requireNonNull(next, "next is null");
        attempts = List.copyOf(attempts);
    }
}
