package org.pombal.controller.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.http.Ssl;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An issuer whose certificate is signed by nobody that Java trusts. */
@Timeout(60)
class IssuerTlsTest {

    private final Ssl ssl = new Ssl();
    private final MockOAuth2Server server = new MockOAuth2Server(new OAuth2Config(
            false, null, null, false, new OAuth2TokenProvider(), Set.of(), new MockWebServerWrapper(ssl)));
    private final Path folder;

    IssuerTlsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void start() {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.shutdown();
    }

    private Issuer issuer(Optional<Path> authorities) throws IOException {
        return new Issuer(
                URI.create(server.issuerUrl("mail").toString()),
                Transport.trusting(authorities),
                InstantSource.system());
    }

    private Path certificate() throws Exception {
        KeyStore store = ssl.getSslKeystore().getKeyStore();
        Certificate certificate = store.getCertificate(store.aliases().nextElement());
        return Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void isTrustedIfItsAuthorityIsNamed() throws Exception {
        Issuer trusted = issuer(Optional.of(certificate()));
        assertThat(trusted.metadata().getIssuer().getValue())
                .startsWith("https://")
                .isEqualTo(trusted.name());
    }

    @Test
    void isAsGoodAsAwayOtherwise() throws Exception {
        Issuer stranger = issuer(Optional.empty());
        assertThatThrownBy(stranger::metadata)
                .isInstanceOf(IssuerAwayException.class)
                .hasMessageContaining("PKIX");
    }

    @Test
    void aFileThatHasNoCertificatesIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nnonsense\n");
        assertThatThrownBy(() -> issuer(Optional.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CONTROLLER_OIDC_CA_FILE");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> issuer(Optional.of(empty)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no certificate");
    }
}
