package org.pombal.node.proxy;

import java.util.Arrays;
import java.util.Locale;
import org.pombal.dovecot.auth.MailProtocol;

/** How a proxy talks to the backends: the setting {@code cluster_backend_ssl}. */
public enum BackendTls {
    /** In plain text. */
    NO,
    /** STARTTLS, with a certificate for the backend's host name. */
    STARTTLS,
    /** TLS from the first byte, with a certificate for the backend's host name; ManageSieve has only STARTTLS. */
    SSL,
    /** STARTTLS with whatever certificate the backend shows: safe from listeners, not from impostors. */
    ANY_CERT;

    /** @throws IllegalArgumentException naming the value and what is allowed */
    public static BackendTls parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is not one of no, starttls, ssl, any-cert"));
    }

    /** The customary port of a backend that is talked to in this way. */
    public int customaryPort(MailProtocol protocol) {
        return this == SSL ? protocol.tlsPort() : protocol.plainPort();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
