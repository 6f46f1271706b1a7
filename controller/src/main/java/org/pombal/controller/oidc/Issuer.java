package org.pombal.controller.oidc;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OpenID Connect issuer (OpenID Connect Discovery 1.0): what it says of itself, and its keys. Its description is read once, when it
 * answers; its keys are kept for five minutes, and for four hours if it does not answer any more. Calls may take some seconds.
 */
final class Issuer {

    private static final Logger log = LoggerFactory.getLogger(Issuer.class);

    /** Those with a public key, so that nobody who can check a token can make one; 'none' and shared secrets are not among them. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration KEYS_OUTLIVE = Duration.ofHours(4);

    /** @param read reads its keys from the network */
    private record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, KeyReading read) {}

    @FunctionalInterface
    private interface KeyReading {
        Resource now() throws IOException;
    }

    private record Failure(String reason, Instant at) {}

    private final URI address;
    private final Transport transport;
    private final InstantSource clock;
    private volatile @Nullable Known known;
    private volatile @Nullable Failure failure;
    private volatile boolean keysWereRead;
    private volatile boolean keysAreAway;

    Issuer(URI address, Transport transport, InstantSource clock) {
        this.address = requireNonNull(address, "address is null");
        this.transport = requireNonNull(transport, "transport is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    String name() {
        return address.toString();
    }

    /** Whether it answered when it was asked last. */
    boolean answers() {
        return known != null && !keysAreAway;
    }

    /** What it says of itself. */
    OIDCProviderMetadata metadata() throws IssuerAwayException {
        return known().metadata();
    }

    /** Finds the key of a signature among the issuer's. */
    JWSKeySelector<SecurityContext> keys() throws IssuerAwayException {
        JWSKeySelector<SecurityContext> selector = new JWSVerificationKeySelector<>(ALGORITHMS, known().keys());
        return (header, context) -> {
            List<? extends Key> found = selector.selectJWSKeys(header, context);
            if (found.isEmpty() && keysAreAway && ALGORITHMS.contains(header.getAlgorithm())) {
                throw new KeySourceException("the key " + header.getKeyID() + " may be a new one");
            }
            return found;
        };
    }

    /** Asks it again if it did not answer when it was needed last. */
    void look() throws IssuerAwayException {
        Known its = known();
        if (keysAreAway) {
            try {
                its.read().now();
            } catch (IOException e) {
                throw away(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /**
     * What it means that a key could not be had.
     *
     * @return that the token names a key which the issuer does not have, as far as is known
     * @throws IssuerAwayException if its keys are not known
     */
    RefusedException withoutKey(KeySourceException e) throws IssuerAwayException {
        // Keys are read again for an unknown one, but not at everybody's bidding; nor while they cannot be read.
        if (e instanceof RateLimitReachedException && keysWereRead && !keysAreAway) {
            return new RefusedException("its key is unknown", e);
        }
        throw new IssuerAwayException("the keys of the issuer " + address + " cannot be read: " + e.getMessage(), e);
    }

    private Known known() throws IssuerAwayException {
        Known present = known;
        return present != null ? present : discovered();
    }

    private synchronized Known discovered() throws IssuerAwayException {
        Known present = known;
        if (present != null) {
            return present;
        }
        Failure last = failure;
        if (last != null && clock.instant().isBefore(last.at().plus(PAUSE))) {
            throw away(last.reason(), null);
        }
        try {
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.resolve(new com.nimbusds.oauth2.sdk.id.Issuer(address), transport::prepared);
            Known found = known(metadata);
            known = found;
            if (last == null) {
                log.info("tokens of the issuer {} are taken", address);
            } else {
                log.atInfo().addKeyValue("event", "oidc_issuer_back").log("the issuer {} answers again", address);
            }
            return found;
        } catch (IOException | GeneralException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            if (last == null) {
                log.atWarn()
                        .addKeyValue("event", "oidc_issuer_away")
                        .log(
                                "the issuer {} does not answer ({}): until it does, its tokens open nothing; Pombal's own"
                                        + " tokens do",
                                address,
                                reason);
            }
            failure = new Failure(reason, clock.instant());
            throw away(reason, e);
        }
    }

    private IssuerAwayException away(String reason, @Nullable Throwable cause) {
        return new IssuerAwayException(
                "the issuer " + address + " (CONTROLLER_OIDC_ISSUER) does not answer: " + reason, cause);
    }

    private Known known(OIDCProviderMetadata metadata) throws IOException {
        URI keySet = metadata.getJWKSetURI();
        if (keySet == null) {
            throw new IOException("its description names no 'jwks_uri'");
        }
        ResourceRetriever retriever = transport.retriever();
        URL place = keySet.toURL();
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(place, url -> noting(retriever, url))
                // It would keep threads of its own; whoever comes after five minutes waits for the keys instead.
                .refreshAheadCache(false)
                .retrying(true)
                .outageTolerant(KEYS_OUTLIVE.toMillis())
                .build();
        return new Known(metadata, keys, () -> noting(retriever, place));
    }

    private Resource noting(ResourceRetriever retriever, URL url) throws IOException {
        try {
            Resource keys = retriever.retrieveResource(url);
            keysWereRead = true;
            tellKeys(false, "");
            return keys;
        } catch (IOException e) {
            tellKeys(true, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Once for each change. */
    private synchronized void tellKeys(boolean away, String why) {
        if (away && !keysAreAway) {
            log.atWarn()
                    .addKeyValue("event", "oidc_issuer_away")
                    .log(
                            "the issuer {} does not give its keys ({}): those that are known are good for {} hours after they were"
                                    + " read",
                            address,
                            why,
                            KEYS_OUTLIVE.toHours());
        } else if (!away && keysAreAway) {
            log.atInfo().addKeyValue("event", "oidc_issuer_back").log("the issuer {} answers again", address);
        }
        keysAreAway = away;
    }
}
