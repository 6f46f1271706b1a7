package org.pombal.node.testlogin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates of backends are good. */
final class TestTls {

    private TestTls() {}

    /**
     * Those signed by one in the file, or by one that the JVM knows.
     *
     * @throws IllegalArgumentException if the file cannot be used, naming it
     */
    static SSLSocketFactory checked(Optional<Path> caFile) {
        try {
            return factory(caFile.isPresent() ? trusting(caFile.get()) : null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cluster_backend_test_ca_file: cannot use "
                            + caFile.map(Path::toString).orElse("the JVM's certificates") + ": " + e,
                    e);
        }
    }

    /** Any. */
    static SSLSocketFactory unchecked() {
        try {
            return factory(new TrustManager[] {new Any()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLSocketFactory factory(TrustManager @Nullable [] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust, null);
        return context.getSocketFactory();
    }

    private static TrustManager[] trusting(Path caFile) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(caFile)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** As {@code any-cert} of Dovecot's proxies. */
    private static final class Any implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
