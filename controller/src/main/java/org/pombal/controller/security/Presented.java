package org.pombal.controller.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpRequest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request brings to be let in: {@code Bearer TOKEN}, or {@code Basic} with the token's name as the user and the token as the
 * password, for programs that can do no better.
 *
 * @param name whose the token must be; empty if nothing was said
 * @param token empty if it does not look like one
 * @param jwt what looks like a token of an OpenID Connect issuer instead
 */
record Presented(Optional<String> name, Optional<TokenSecret> token, Optional<String> jwt) {

    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final int LONGEST_JWT = 16 * 1024;
    private static final Presented NOTHING_GOOD = new Presented(Optional.empty(), Optional.empty(), Optional.empty());

    /** Empty if the request brings nothing. */
    static Optional<Presented> by(HttpRequest<?> request) {
        return request.getHeaders().getAuthorization().map(Presented::parse);
    }

    private static Presented parse(String header) {
        String[] parts = header.strip().split("\\s+", 2);
        String value = parts.length == 2 ? parts[1].strip() : "";
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Presented(Optional.empty(), TokenSecret.parse(value), jwt(value));
            case "basic" -> basic(value);
            default -> NOTHING_GOOD;
        };
    }

    private static Presented basic(String value) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(value), UTF_8);
        } catch (IllegalArgumentException e) {
            return NOTHING_GOOD;
        }
        int colon = decoded.indexOf(':');
        return colon < 0
                ? NOTHING_GOOD
                : new Presented(
                        Optional.of(decoded.substring(0, colon)),
                        TokenSecret.parse(decoded.substring(colon + 1)),
                        Optional.empty());
    }

    private static Optional<String> jwt(String value) {
        return value.length() <= LONGEST_JWT && JWT.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }
}
