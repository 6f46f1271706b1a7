package org.pombal.controller.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed. */
public final class Authorities {

    private Authorities() {}

    /**
     * @param file in PEM with their certificates
     * @param setting that names the file
     * @throws IOException if it cannot be used; the message names file and setting
     */
    public static TrustManagerFactory in(Path file, String setting) throws IOException {
        String what = file + " (" + setting + ")";
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new IOException(what + " has no certificate in it");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (NoSuchFileException e) {
            throw new IOException(what + " does not exist", e);
        } catch (GeneralSecurityException e) {
            throw new IOException(what + " cannot be used: " + e.getMessage(), e);
        }
    }
}
