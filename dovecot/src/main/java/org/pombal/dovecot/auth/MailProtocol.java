package org.pombal.dovecot.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a mail user speaks, as the field {@code service=} (2.3) or {@code protocol=} (2.4) names it.
 *
 * <p>Source of names and ports: the login binaries' {@code default_port} in Dovecot's {@code src/*-login}, RFC 8314, RFC
 * 5804, and LMTP's and doveadm's customary ports in Dovecot's documentation.
 */
public enum MailProtocol {
    IMAP("imap", 143, 993),
    POP3("pop3", 110, 995),
    SUBMISSION("submission", 587, 465),
    /** ManageSieve knows STARTTLS only (RFC 5804 section 1.8), so both ports are the same. */
    SIEVE("sieve", 4190, 4190),
    LMTP("lmtp", 24, 24),
    DOVEADM("doveadm", 24245, 24245);

    private static final Map<String, MailProtocol> BY_WIRE_NAME = Map.of(
            "imap", IMAP,
            "pop3", POP3,
            "submission", SUBMISSION,
            "smtp", SUBMISSION,
            "sieve", SIEVE,
            "managesieve", SIEVE,
            "lmtp", LMTP,
            "doveadm", DOVEADM);

    private final String wireName;
    private final int plainPort;
    private final int tlsPort;

    MailProtocol(String wireName, int plainPort, int tlsPort) {
        this.wireName = wireName;
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
    }

    /** The protocol with this name on the wire; empty if it is none that Pombal routes. */
    public static Optional<MailProtocol> ofWireName(String name) {
        return Optional.ofNullable(BY_WIRE_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether login processes ({@code src/login-common}) take its users in; the others ask for users by their names. */
    public boolean hasLoginProcesses() {
        return this != LMTP && this != DOVEADM;
    }

    public String wireName() {
        return wireName;
    }

    /** The customary port without TLS or with STARTTLS. */
    public int plainPort() {
        return plainPort;
    }

    /** The customary port on which TLS starts at once. */
    public int tlsPort() {
        return tlsPort;
    }
}
