package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a Dovecot a proxy of the cluster: its login processes, LMTP and doveadm ask Pombal's node, which relays to
 * Dovecot's auth and adds the user's backend to the answer.
 *
 * @param ports of LMTP, statistics, doveadm's HTTP API, and of doveadm itself <em>on the backends</em>
 * @param trusted load balancers and other proxies: the client's address that they pass on is believed
 * @param backendCa certificate authority of the backends' certificates; a file that Dovecot reads as root
 * @param proxyProtocol ports on which connections begin with a PROXY protocol header, if load balancers send one
 * @param localAddress where Dovecot's statistics and doveadm's HTTP API are served to the node on this machine
 */
public record ProxySnippet(
        DovecotVersion version,
        Ports ports,
        List<Network> trusted,
        Optional<Path> backendCa,
        Optional<Ports> proxyProtocol,
        Network localAddress)
        implements DovecotSnippet {

    private static final String EXAMPLE_NETWORK = "192.0.2.0/24";

    public ProxySnippet {
        requireNonNull(version, "version is null");
        requireNonNull(ports, "ports is null");
        trusted = List.copyOf(requireNonNull(trusted, "trusted is null"));
        requireNonNull(backendCa, "backendCa is null").ifPresent(file -> Setting.requireUsable("backendCa", file));
        requireNonNull(proxyProtocol, "proxyProtocol is null");
        requireNonNull(localAddress, "localAddress is null");
    }

    /** With customary ports, and comments where an operator has to fill in something. */
    public static ProxySnippet customary(DovecotVersion version) {
        return new ProxySnippet(
                version, Ports.customary(), List.of(), Optional.empty(), Optional.empty(), new Network("127.0.0.1"));
    }

    @Override
    public Map<Listener, ServerAddress> addresses(String address) {
        return Map.of(
                Listener.LMTP, new ServerAddress(address, ports.of(Listener.LMTP)),
                Listener.DOVEADM_HTTP, new ServerAddress(localAddress.text(), ports.of(Listener.DOVEADM_HTTP)),
                Listener.STATISTICS, new ServerAddress(localAddress.text(), ports.of(Listener.STATISTICS)));
    }

    @Override
    public String text() {
        String text = Template.load(version + "/proxy.conf")
                .fill(Map.of(
                        "TRUSTED_NETWORKS", Setting.orExample("login_trusted_networks", trusted, EXAMPLE_NETWORK),
                        "BACKEND_CA", version.clientCaLine(backendCa),
                        "LMTP_PORT", String.valueOf(ports.of(Listener.LMTP)),
                        "DOVEADM_PORT", String.valueOf(ports.of(Listener.DOVEADM)),
                        "DOVEADM_HTTP_PORT", String.valueOf(ports.of(Listener.DOVEADM_HTTP)),
                        "LOCAL_ADDRESS", localAddress.text(),
                        "STATISTICS_PORT", String.valueOf(ports.of(Listener.STATISTICS))));
        return text + proxyProtocol.map(this::proxyProtocolText).orElse("");
    }

    private String proxyProtocolText(Ports headed) {
        return Template.load(version + "/proxy-protocol.conf")
                .fill(Map.of(
                        "LOAD_BALANCERS", Setting.orExample("haproxy_trusted_networks", trusted, EXAMPLE_NETWORK),
                        "IMAP_PORT", String.valueOf(headed.of(Listener.IMAP)),
                        "IMAPS_PORT", String.valueOf(headed.of(Listener.IMAPS)),
                        "POP3_PORT", String.valueOf(headed.of(Listener.POP3)),
                        "POP3S_PORT", String.valueOf(headed.of(Listener.POP3S)),
                        "SUBMISSION_PORT", String.valueOf(headed.of(Listener.SUBMISSION)),
                        "SUBMISSIONS_PORT", String.valueOf(headed.of(Listener.SUBMISSIONS)),
                        "SIEVE_PORT", String.valueOf(headed.of(Listener.SIEVE)),
                        "LMTP_PORT", String.valueOf(headed.of(Listener.LMTP))));
    }
}
