package org.pombal.dovecot.auth;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What a client of the mechanism PLAIN says: {@code [authzid] NUL authcid NUL passwd}, in UTF-8 (RFC 4616). Holds a
 * password: never logged, and kept only while the request is open.
 */
public final class PlainCredentials {

    private final String authorizationId;
    private final String authenticationId;
    private final String password;

    private PlainCredentials(String authorizationId, String authenticationId, String password) {
        this.authorizationId = requireNonNull(authorizationId, "authorizationId is null");
        this.authenticationId = requireNonNull(authenticationId, "authenticationId is null");
        this.password = requireNonNull(password, "password is null");
    }

    /** Decodes a response as it is on the wire, in base64; empty if it is not of this form. */
    public static Optional<PlainCredentials> decode(byte[] base64) {
        byte[] message;
        try {
            message = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
            String[] parts = text.split("\0", -1);
            return parts.length == 3
                    ? Optional.of(new PlainCredentials(parts[0], parts[1], parts[2]))
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /**
     * Adds the fields by which a proxy logs in with the same credentials elsewhere: {@code destuser}, {@code pass}, and
     * {@code master} when one user asked to act as another.
     */
    public void appendTo(LineBuilder line) {
        boolean actsAsAnother = !authorizationId.isEmpty() && !authorizationId.equals(authenticationId);
        line.field("destuser", actsAsAnother ? authorizationId : authenticationId);
        if (actsAsAnother) {
            line.field("master", authenticationId);
        }
        line.field("pass", password);
    }

    @Override
    public String toString() {
        return "credentials of " + authenticationId;
    }
}
