package org.pombal.geodb.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The certificates that Cassandra's may be signed by. */
final class TlsContext {

    private TlsContext() {}

    /** @throws IllegalArgumentException if the CA file cannot be used, naming it */
    static SSLContext of(CassandraConfig.Tls tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, tls.caFile().isPresent() ? trusting(tls.caFile().get()) : null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            String file = tls.caFile().map(Path::toString).orElse("the JVM's certificates");
            throw new IllegalArgumentException("TLS to Cassandra: cannot use " + file + ": " + e, e);
        }
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
}
