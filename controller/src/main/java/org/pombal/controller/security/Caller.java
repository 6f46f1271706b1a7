package org.pombal.controller.security;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.security.authentication.Authentication;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.ProblemException;

/**
 * Who makes a request.
 *
 * @param name as the audit log calls him
 * @param roles all that he has, those included in others too
 * @param from his address
 * @param why the reason that he gives, in the header {@value #REASON}
 * @param token the id of the token by which he came in
 */
public record Caller(String name, List<String> roles, String from, Optional<String> why, Optional<String> token) {

    public static final String REASON = "X-Pombal-Reason";

    public Caller {
        requireNonNull(name, "name is null");
        roles = List.copyOf(roles);
        requireNonNull(from, "from is null");
        requireNonNull(why, "why is null");
        requireNonNull(token, "token is null");
    }

    public static Caller of(HttpRequest<?> request) {
        Authentication authentication = request.getUserPrincipal(Authentication.class)
                .orElseThrow(() -> new ProblemException(HttpStatus.UNAUTHORIZED, "a token is needed"));
        Collection<String> roles = authentication.getRoles();
        return new Caller(
                authentication.getName(),
                List.copyOf(roles),
                address(request),
                Optional.ofNullable(request.getHeaders().get(REASON))
                        .filter(text -> !text.isBlank())
                        .map(text -> Input.name(REASON, text)),
                TokenAuthentication.tokenOf(authentication));
    }

    /** From where a request comes. */
    public static String address(HttpRequest<?> request) {
        InetAddress address = request.getRemoteAddress().getAddress();
        return address == null ? request.getRemoteAddress().getHostString() : address.getHostAddress();
    }
}
