package org.pombal.controller.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pombal.model.access.ApiToken;

/**
 * A token as its bearer has it: {@code pombal_ID_SECRET}. The beginning lets scanners find tokens in places where they must not be.
 *
 * @param id under which GeoDB keeps it
 * @param secret 256 random bits
 */
record TokenSecret(String id, String secret) {

    private static final Pattern FORM = Pattern.compile("pombal_([a-z0-9]{1,32})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    TokenSecret {
        requireNonNull(id, "id is null");
        requireNonNull(secret, "secret is null");
    }

    static TokenSecret random(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return random(HexFormat.of().formatHex(id), random);
    }

    /** A new secret for a known id. */
    static TokenSecret random(String id, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new TokenSecret(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Empty if the text does not look like a token. */
    static Optional<TokenSecret> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TokenSecret(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** What is kept of it. */
    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether it is the secret of this token; takes as long whether it is or not. */
    boolean opens(ApiToken token) {
        return MessageDigest.isEqual(hash().getBytes(UTF_8), token.hash().getBytes(UTF_8));
    }

    /** As its bearer has it. */
    String shown() {
        return "pombal_" + id + "_" + secret;
    }

    /** Never the secret: what is logged by mistake must not matter. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
