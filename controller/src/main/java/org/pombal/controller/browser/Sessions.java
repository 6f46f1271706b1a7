package org.pombal.controller.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.access.Role;

/**
 * Sessions of browsers. A session is kept by the browser, encrypted (JWE, RFC 7516: direct encryption with AES-256 in GCM), so that any
 * controller with the same key knows it. One that is ended is remembered, by this controller, until it would have ended.
 */
final class Sessions {

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final int MOST_ENDED = 10_000;
    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

    private final byte[] key;
    private final Duration lifetime;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_ENDED || clock.instant().isAfter(eldest.getValue());
        }
    };

    /** @param secret the same for all controllers that share sessions; empty for a random one */
    Sessions(Optional<String> secret, Duration lifetime, InstantSource clock) {
        this.lifetime = requireNonNull(lifetime, "lifetime is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.key = secret.map(Sessions::keyOf).orElseGet(() -> randomBytes(KEY_BYTES));
    }

    Session begin(String name, Role role) {
        Instant until = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        return new Session(HexFormat.of().formatHex(randomBytes(ID_BYTES)), name, role, until);
    }

    /** As the browser keeps it. */
    String seal(Session session) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .jwtID(session.id())
                .subject(session.name())
                .claim("role", session.role().toString())
                .expirationTime(Date.from(session.until()))
                .build();
        EncryptedJWT sealed = new EncryptedJWT(HEADER, claims);
        try {
            sealed.encrypt(new DirectEncrypter(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
        return sealed.serialize();
    }

    /** Empty if it is none of ours, or has ended. */
    Optional<Session> open(String sealed) {
        Optional<Session> session = decrypt(sealed);
        synchronized (ended) {
            return session.filter(its -> clock.instant().isBefore(its.until()) && !ended.containsKey(its.id()));
        }
    }

    void end(Session session) {
        synchronized (ended) {
            ended.put(session.id(), session.until());
        }
    }

    Duration lifetime() {
        return lifetime;
    }

    private Optional<Session> decrypt(String sealed) {
        try {
            EncryptedJWT parsed = EncryptedJWT.parse(sealed);
            if (!HEADER.getEncryptionMethod().equals(parsed.getHeader().getEncryptionMethod())) {
                return Optional.empty();
            }
            parsed.decrypt(new DirectDecrypter(key));
            JWTClaimsSet claims = parsed.getJWTClaimsSet();
            return Optional.of(new Session(
                    claims.getJWTID(),
                    claims.getSubject(),
                    Role.parse(claims.getStringClaim("role")),
                    claims.getExpirationTime().toInstant()));
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The secret is long and random, so that a slow hash would add nothing. */
    private static byte[] keyOf(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
