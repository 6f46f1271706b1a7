package org.pombal.controller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** An OpenID Connect issuer that vouches for whom a test wants it to. */
public final class TestIssuer implements AutoCloseable {

    public static final String AUDIENCE = "pombal-api";
    public static final String CLIENT = "pombal-ui";

    private static final String REALM = "mail";

    private final MockOAuth2Server server = new MockOAuth2Server();

    private TestIssuer(int port) {
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    public static TestIssuer start() {
        return new TestIssuer(0);
    }

    /** One at the place where another was. */
    public static TestIssuer startAt(int port) {
        return new TestIssuer(port);
    }

    public int port() {
        return server.baseUrl().port();
    }

    public String address() {
        return server.issuerUrl(REALM).toString();
    }

    /** A controller's settings that trust it. */
    public String[] settings() {
        return new String[] {
            "CONTROLLER_OIDC_ISSUER=" + address(),
            "CONTROLLER_OIDC_AUDIENCE=" + AUDIENCE,
            "CONTROLLER_OIDC_CLIENT_ID=" + CLIENT,
            "CONTROLLER_OIDC_CLIENT_SECRET=a secret of the client",
            "CONTROLLER_PUBLIC_URL=https://pombal.example.org",
            "CONTROLLER_FAILED_LOGINS=1000"
        };
    }

    /** Claims of a good token, to be made worse. */
    public JWTClaimsSet.Builder claims(String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(address())
                .subject("5f2c")
                .audience(AUDIENCE)
                .claim("preferred_username", "balancer")
                .claim("roles", List.of(roles))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    /** A token with these very claims, signed with a key of the issuer. */
    public String sign(JWTClaimsSet claims) {
        return signedAs(REALM, claims);
    }

    /** The same, signed with a key that the issuer has for something else. */
    public String signWithAnotherKey(JWTClaimsSet claims) {
        return signedAs("another", claims);
    }

    private String signedAs(String realm, JWTClaimsSet claims) {
        Map<String, Object> given = claims.getClaims();
        return server.getConfig()
                .getTokenProvider()
                .jwt(given, Duration.ofMinutes(5), realm)
                .serialize();
    }

    /** The next person who logs in. */
    public void next(String subject, Map<String, Object> claims) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(REALM, subject, "JWT", List.of(CLIENT), claims, 300));
    }

    /** The id of its key. */
    public String keyId() {
        return server.getConfig()
                .getTokenProvider()
                .publicJwkSet(REALM)
                .getKeys()
                .get(0)
                .getKeyID();
    }

    /** A key that is not its own and says that it is. */
    public com.nimbusds.jose.jwk.RSAKey forgedKey() throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(keyId()).generate();
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
