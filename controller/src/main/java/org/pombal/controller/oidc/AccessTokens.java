package org.pombal.controller.oidc;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Access tokens of programs: JWTs of the issuer that were made for this controller (RFC 9068, and those from before it). */
final class AccessTokens {

    private final Issuer issuer;
    private final Set<String> audience;
    private final Duration skew;
    private final ClaimReader reader;

    /**
     * @param audience one of which a token must be for
     * @param skew how far clocks may be apart
     */
    AccessTokens(Issuer issuer, List<String> audience, Duration skew, ClaimReader reader) {
        this.issuer = requireNonNull(issuer, "issuer is null");
        this.audience = Set.copyOf(audience);
        this.skew = requireNonNull(skew, "skew is null");
        this.reader = requireNonNull(reader, "reader is null");
    }

    /** Who brings this token. */
    Person person(String token) throws RefusedException, IssuerAwayException {
        try {
            return reader.person(processor().process(token, null).getClaims());
        } catch (ParseException | BadJOSEException e) {
            throw new RefusedException(String.valueOf(e.getMessage()), e);
        } catch (KeySourceException e) {
            throw issuer.withoutKey(e);
        } catch (JOSEException e) {
            throw new RefusedException("it cannot be checked: " + e.getMessage(), e);
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor() throws IssuerAwayException {
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                // Asked whether it contains null, the library's way to say that no audience will do.
                new HashSet<>(audience),
                new JWTClaimsSet.Builder().issuer(issuer.name()).build(),
                Set.of("sub", "exp"),
                // An ID token says to a client who somebody is; it is no key to an API.
                Set.of("nonce"));
        claims.setMaxClockSkew((int) skew.toSeconds());
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(issuer.keys());
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }
}
