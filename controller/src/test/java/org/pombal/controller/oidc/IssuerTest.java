package org.pombal.controller.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.controller.TestIssuer;

@Timeout(60)
class IssuerTest {

    private static List<?> keys(Issuer issuer, String id) throws Exception {
        return issuer.keys()
                .selectJWSKeys(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), null);
    }

    @Test
    void whileItIsAwayNothingIsSaidOfKeysThatItMayHaveAndAfterwardsItIs() throws Exception {
        TestIssuer server = TestIssuer.start();
        Issuer issuer =
                new Issuer(URI.create(server.address()), Transport.trusting(Optional.empty()), InstantSource.system());
        String known = server.keyId();
        assertThat(keys(issuer, known)).hasSize(1);
        assertThat(issuer.answers()).isTrue();
        assertThat(issuer.withoutKey(new RateLimitReachedException())).hasMessage("its key is unknown");

        server.close();
        assertThatThrownBy(() -> keys(issuer, "new")).isInstanceOf(KeySourceException.class);
        assertThat(keys(issuer, known)).hasSize(1);
        assertThat(issuer.answers()).isFalse();
        assertThatThrownBy(() -> issuer.withoutKey(new RateLimitReachedException()))
                .isInstanceOf(IssuerAwayException.class);
        assertThatThrownBy(issuer::look).isInstanceOf(IssuerAwayException.class);

        try (TestIssuer back = TestIssuer.startAt(server.port())) {
            issuer.look();
            assertThat(issuer.answers()).isTrue();
            assertThat(issuer.withoutKey(new RateLimitReachedException())).hasMessage("its key is unknown");
        }
    }

    /** An issuer that takes connections and says nothing. */
    @Test
    void manyProgramsThatHaveToWaitLeavePeopleTheirPlace() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
                OpenIdConnect asked = new OpenIdConnect(
                        TestController.settings(Map.of(
                                "CLUSTER_SITE", "lisbon",
                                "CONTROLLER_OIDC_ISSUER", "http://127.0.0.1:" + silent.getLocalPort(),
                                "CONTROLLER_OIDC_AUDIENCE", "pombal",
                                "CONTROLLER_OIDC_CLIENT_ID", "pombal-ui",
                                "CONTROLLER_PUBLIC_URL", "https://pombal.example.org")),
                        InstantSource.system())) {
            List<CompletableFuture<Person>> programs = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                programs.add(asked.bearer("a.b.c").toCompletableFuture());
            }
            assertThat(programs.get(299)).isCompletedExceptionally();
            assertThat(asked.begin(LoginAttempt.begun("/")).toCompletableFuture())
                    .isNotDone();
        }
    }
}
