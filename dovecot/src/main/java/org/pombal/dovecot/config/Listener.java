package org.pombal.dovecot.config;

/**
 * What Dovecot listens on, with its customary port.
 *
 * <p>Source: the default listeners of Dovecot's login services; the statistics and doveadm ports are those of its
 * documentation's examples.
 */
public enum Listener {
    IMAP(143),
    IMAPS(993, true),
    POP3(110),
    POP3S(995, true),
    SUBMISSION(587),
    SUBMISSIONS(465, true),
    SIEVE(4190),
    LMTP(24),
    DOVEADM(24245),
    /** doveadm's API over HTTP, by which a node ends sessions and passes commands on. */
    DOVEADM_HTTP(8080),
    /** Dovecot's own metrics in OpenMetrics format, over HTTP. */
    STATISTICS(9900);

    private final int customaryPort;
    private final boolean implicitTls;

    Listener(int customaryPort) {
        this(customaryPort, false);
    }

    Listener(int customaryPort, boolean implicitTls) {
        this.customaryPort = customaryPort;
        this.implicitTls = implicitTls;
    }

    public int customaryPort() {
        return customaryPort;
    }

    /** Whether TLS starts at once there; on the others it starts by a command, if at all. */
    public boolean implicitTls() {
        return implicitTls;
    }
}
