package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/** The versions of Dovecot that Pombal has configuration for; their settings have different names and forms. */
public enum DovecotVersion {
    V2_3("2.3"),
    V2_4("2.4");

    private final String number;

    DovecotVersion(String number) {
        this.number = number;
    }

    /**
     * The version that a text begins with, as {@code 2.3} or what {@code dovecot --version} prints: {@code 2.4.1-4 (7d8c0e)}.
     *
     * @throws IllegalArgumentException naming the text and what is known
     */
    public static DovecotVersion parse(String text) {
        requireNonNull(text, "text is null");
        for (DovecotVersion version : values()) {
            if (text.equals(version.number) || text.startsWith(version.number + ".")) {
                return version;
            }
        }
        throw new IllegalArgumentException(
                "there is no configuration for Dovecot '" + text + "', only for 2.3 and 2.4");
    }

    /** The line that names the certificate authority of backends to login processes; an example if there is none. */
    String clientCaLine(Optional<Path> authority) {
        String example = "/etc/ssl/certs/backends.pem";
        return switch (this) {
            case V2_3 -> Setting.orExample("ssl_ca", authority.map(file -> "<" + file), "<" + example);
            case V2_4 -> Setting.orExample("ssl_client_ca_file", authority.map(Path::toString), example);
        };
    }

    /** Number of the series, as {@code 2.3}. */
    @Override
    public String toString() {
        return number;
    }
}
