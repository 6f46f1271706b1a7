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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    private record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

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
        return new JWSVerificationKeySelector<>(ALGORITHMS, known().keys());
    }

    /**
     * What it means that a key could not be had.
     *
     * @return that the token names a key which the issuer does not have, as far as is known
     * @throws IssuerAwayException if its keys are not known
     */
    RefusedException withoutKey(KeySourceException e) throws IssuerAwayException {
        // Keys are read again for an unknown one, but not at everybody's bidding.
        if (e instanceof RateLimitReachedException && keysWereRead) {
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
            Known found = new Known(metadata, keysAt(metadata.getJWKSetURI()));
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

    private JWKSource<SecurityContext> keysAt(@Nullable URI keySet) throws IOException {
        if (keySet == null) {
            throw new IOException("its description names no 'jwks_uri'");
        }
        ResourceRetriever retriever = transport.retriever();
        return JWKSourceBuilder.<SecurityContext>create(keySet.toURL(), url -> noting(retriever, url))
                // It would keep threads of its own; whoever comes after five minutes waits for the keys instead.
                .refreshAheadCache(false)
                .retrying(true)
                .outageTolerant(KEYS_OUTLIVE.toMillis())
                .build();
    }

    private Resource noting(ResourceRetriever retriever, URL url) throws IOException {
        try {
            Resource keys = retriever.retrieveResource(url);
            keysAreAway = false;
            keysWereRead = true;
            return keys;
        } catch (IOException e) {
            keysAreAway = true;
            throw e;
        }
    }
}
