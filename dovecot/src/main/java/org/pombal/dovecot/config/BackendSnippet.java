package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What makes a Dovecot a backend of the cluster: it believes the proxies, and is reached by them for delivery and
 * administration.
 *
 * @param ports of LMTP, doveadm and statistics
 * @param trusted the proxies: the client's address that they pass on is believed, and logins need no TLS
 * @param implicitTls whether TLS starts at once on the LMTP and doveadm ports, for proxies with
 *     {@code cluster_backend_ssl = ssl}; STARTTLS works without
 * @param statisticsAddress where Dovecot's statistics are served to the node on this machine
 */
public record BackendSnippet(
        DovecotVersion version, Ports ports, List<Network> trusted, boolean implicitTls, Network statisticsAddress)
        implements DovecotSnippet {

    public BackendSnippet {
        requireNonNull(version, "version is null");
        requireNonNull(ports, "ports is null");
        trusted = List.copyOf(requireNonNull(trusted, "trusted is null"));
        requireNonNull(statisticsAddress, "statisticsAddress is null");
    }

    /** With customary ports, and comments where an operator has to fill in something. */
    public static BackendSnippet customary(DovecotVersion version) {
        return new BackendSnippet(version, Ports.customary(), List.of(), false, new Network("127.0.0.1"));
    }

    @Override
    public Map<Listener, ServerAddress> addresses(String address) {
        return Map.of(
                Listener.LMTP, new ServerAddress(address, ports.of(Listener.LMTP)),
                Listener.DOVEADM, new ServerAddress(address, ports.of(Listener.DOVEADM)),
                Listener.STATISTICS, new ServerAddress(statisticsAddress.text(), ports.of(Listener.STATISTICS)));
    }

    @Override
    public String text() {
        return Template.load(version + "/backend.conf")
                .fill(Map.of(
                        "TRUSTED_NETWORKS", Setting.orExample("login_trusted_networks", trusted, "192.0.2.0/24"),
                        "LMTP_PORT", String.valueOf(ports.of(Listener.LMTP)),
                        "DOVEADM_PORT", String.valueOf(ports.of(Listener.DOVEADM)),
                        "TLS", implicitTls ? "ssl = yes" : "#ssl = yes",
                        "STATISTICS_ADDRESS", statisticsAddress.text(),
                        "STATISTICS_PORT", String.valueOf(ports.of(Listener.STATISTICS))));
    }
}
