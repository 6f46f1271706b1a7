package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.node.routing.Destination;

/**
 * The passdb fields by which Dovecot's proxy learns where to connect. What the passdb set itself (port, TLS) stands.
 *
 * <p>Source: "Proxy" in Dovecot's documentation of passdb extra fields; {@code src/lib-auth-client/auth-proxy.c}, {@code src/login-common/login-proxy.c}.
 *
 * @param ports the port on backends for each protocol
 */
public record DestinationFields(BackendTls tls, Map<MailProtocol, Integer> ports) {

    /**
     * A login process that could not connect to a host for half a minute would refuse each login but one while it connects to that
     * host again: those who come together when a backend is back. Who is down, the cluster decides.
     */
    private static final String NEVER_TAKEN_FOR_DOWN = "proxy_host_immediate_failure_after";

    public DestinationFields {
        requireNonNull(tls, "tls is null");
        ports = Map.copyOf(ports);
    }

    /**
     * Adds the fields for a session of {@code request} to a reply.
     *
     * @param hop what the next hop is to know of this one
     */
    public void append(
            LineBuilder line, Request request, ServerLine.Succeeded reply, Destination destination, PreviousHop hop) {
        line.field("host", destination.host());
        line.field("hostip", destination.address());
        request.protocol().ifPresent(protocol -> {
            appendPort(line, reply, protocol);
            if (!reply.hasTls()) {
                appendTls(line, protocol);
            }
            if (protocol.hasLoginProcesses()) {
                line.field(NEVER_TAKEN_FOR_DOWN, "0");
            }
        });
        if (hop.followsReferrals()) {
            line.flag("proxy_redirect_reauth");
        }
        announce(line, request, hop);
    }

    /** Tells the next hop about this one. What an earlier hop said must not be taken for ours. */
    static void announce(LineBuilder line, Request request, PreviousHop hop) {
        if (!hop.equals(PreviousHop.UNKNOWN) || !request.hop().equals(PreviousHop.UNKNOWN)) {
            line.field(PreviousHop.FIELD, hop.toFieldValue());
        }
    }

    /** Adds the port of {@code protocol} on the next hop. */
    public void appendPort(LineBuilder line, ServerLine.Succeeded reply, MailProtocol protocol) {
        if (!reply.hasPort()) {
            line.field("port", ports.getOrDefault(protocol, tls.customaryPort(protocol)));
        }
    }

    private void appendTls(LineBuilder line, MailProtocol protocol) {
        switch (tls) {
            case NO -> {}
            case STARTTLS -> line.field("starttls", "yes");
            case SSL -> line.field(protocol == MailProtocol.SIEVE ? "starttls" : "ssl", "yes");
            case ANY_CERT -> line.field("starttls", "any-cert");
        }
    }
}
