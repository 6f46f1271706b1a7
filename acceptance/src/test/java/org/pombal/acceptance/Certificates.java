package org.pombal.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.site.SitePlan.BackendTlsPlan;
import org.pombal.dovecot.config.StandaloneConfig.TlsFiles;

/** A certificate authority of a test's own, and one certificate for all backends. */
final class Certificates {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** @param alternativeNames as {@code DNS:backend1.test,DNS:backend2.test} */
    static Certificates make(Path folder, String alternativeNames) {
        Certificates certificates = new Certificates(folder);
        certificates.openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test authority",
                "-keyout",
                certificates.path("ca.key"),
                "-out",
                certificates.path("ca.pem"));
        certificates.openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=backends",
                "-addext",
                "subjectAltName=" + alternativeNames,
                "-addext",
                "basicConstraints=critical,CA:FALSE",
                "-CA",
                certificates.path("ca.pem"),
                "-CAkey",
                certificates.path("ca.key"),
                "-keyout",
                certificates.path("server.key"),
                "-out",
                certificates.path("server.pem"));
        return certificates;
    }

    private void openssl(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Programs.Ended end = Programs.run(PATIENCE, command);
        if (end.exitCode() != 0) {
            throw new IllegalStateException("openssl failed: " + end.output());
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /** For a site of this Dovecot. */
    BackendTlsPlan plan(DovecotInstallation dovecot, boolean implicit) {
        return new BackendTlsPlan(
                new TlsFiles(
                        dovecot.inside(folder.resolve("server.pem")), dovecot.inside(folder.resolve("server.key"))),
                dovecot.inside(folder.resolve("ca.pem")),
                implicit);
    }
}
