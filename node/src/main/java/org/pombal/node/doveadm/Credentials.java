package org.pombal.node.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What opens the API over TCP: a key in {@code Authorization: X-Dovecot-API}, or the password of user {@code doveadm} in
 * {@code Authorization: Basic}, both in base64.
 */
public record Credentials(Optional<String> apiKey, Optional<String> password) {

    public Credentials {
        requireNonNull(apiKey, "apiKey is null");
        requireNonNull(password, "password is null");
        if (apiKey.isEmpty() && password.isEmpty()) {
            throw new IllegalArgumentException("neither a key nor a password");
        }
    }

    /** In constant time as far as the secret goes. */
    boolean allow(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        int space = authorization.indexOf(' ');
        String scheme = authorization.substring(0, Math.max(space, 0)).toLowerCase(Locale.ROOT);
        byte[] given = authorization.substring(space + 1).strip().getBytes(UTF_8);
        return switch (scheme) {
            case "x-dovecot-api" -> apiKey.filter(key -> same(given, key)).isPresent();
            case "basic" ->
                password.filter(secret -> same(given, "doveadm:" + secret)).isPresent();
            default -> false;
        };
    }

    private static boolean same(byte[] given, String wanted) {
        return MessageDigest.isEqual(given, Base64.getEncoder().encode(wanted.getBytes(UTF_8)));
    }

    /** Values of WWW-Authenticate. */
    List<String> challenges() {
        List<String> challenges = new ArrayList<>();
        apiKey.ifPresent(key -> challenges.add("X-Dovecot-API"));
        password.ifPresent(secret -> challenges.add("Basic Realm=\"doveadm\""));
        return challenges;
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
