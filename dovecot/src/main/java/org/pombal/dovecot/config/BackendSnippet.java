package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What makes a Dovecot a backend of the cluster: it believes the proxies, is reached by them for delivery and
 * administration, and asks Pombal's node about each user who arrives.
 *
 * @param ports of LMTP, doveadm, its HTTP API and statistics
 * @param trusted the proxies: the client's address that they pass on is believed, and logins need no TLS
 * @param implicitTls whether TLS starts at once on the LMTP and doveadm ports, for proxies with
 *     {@code cluster_backend_ssl = ssl}; STARTTLS works without
 * @param statisticsAddress where Dovecot's statistics are served to the node on this machine
 * @param nodeIn the {@code base_dir}, below which the node has its sockets; without it nobody is asked and anybody is
 *     served, which is only for trying Dovecot itself
 * @param backendCa certificate authority of the other backends' certificates
 * @param masterSocketBy how mail processes are told of the node's socket; of 2.3 by option only
 */
public record BackendSnippet(
        DovecotVersion version,
        Ports ports,
        List<Network> trusted,
        boolean implicitTls,
        Network statisticsAddress,
        Optional<Path> nodeIn,
        Optional<Path> backendCa,
        MasterSocketBy masterSocketBy)
        implements DovecotSnippet {

    private static final Path CUSTOMARY_BASE_DIR = Path.of("/run/dovecot");

    public BackendSnippet {
        requireNonNull(version, "version is null");
        requireNonNull(ports, "ports is null");
        trusted = List.copyOf(requireNonNull(trusted, "trusted is null"));
        requireNonNull(statisticsAddress, "statisticsAddress is null");
        requireNonNull(nodeIn, "nodeIn is null").ifPresent(folder -> Setting.requireUsable("nodeIn", folder));
        requireNonNull(backendCa, "backendCa is null").ifPresent(file -> Setting.requireUsable("backendCa", file));
        requireNonNull(masterSocketBy, "masterSocketBy is null");
        if (version == DovecotVersion.V2_3 && masterSocketBy == MasterSocketBy.SETTING) {
            throw new IllegalArgumentException("Dovecot 2.3 has no auth_master_socket_path");
        }
    }

    /** One for the first release of its version. */
    public BackendSnippet(
            DovecotVersion version,
            Ports ports,
            List<Network> trusted,
            boolean implicitTls,
            Network statisticsAddress,
            Optional<Path> nodeIn,
            Optional<Path> backendCa) {
        this(version, ports, trusted, implicitTls, statisticsAddress, nodeIn, backendCa, MasterSocketBy.OPTION);
    }

    /** With customary ports, and comments where an operator has to fill in something. */
    public static BackendSnippet customary(DovecotVersion version) {
        return customary(version, MasterSocketBy.OPTION);
    }

    /** The same for a release that has its own way to tell mail processes of the node's socket. */
    public static BackendSnippet customary(DovecotVersion version, MasterSocketBy masterSocketBy) {
        return new BackendSnippet(
                version,
                Ports.customary(),
                List.of(),
                false,
                new Network("127.0.0.1"),
                Optional.of(CUSTOMARY_BASE_DIR),
                Optional.empty(),
                masterSocketBy);
    }

    /** One without a node, for trying Dovecot itself. */
    public static BackendSnippet unjudged(
            DovecotVersion version, Ports ports, List<Network> trusted, boolean implicitTls, Network statistics) {
        return new BackendSnippet(version, ports, trusted, implicitTls, statistics, Optional.empty(), Optional.empty());
    }

    @Override
    public Map<Listener, ServerAddress> addresses(String address) {
        return Map.of(
                Listener.LMTP, new ServerAddress(address, ports.of(Listener.LMTP)),
                Listener.DOVEADM, new ServerAddress(address, ports.of(Listener.DOVEADM)),
                Listener.DOVEADM_HTTP, new ServerAddress(address, ports.of(Listener.DOVEADM_HTTP)),
                Listener.STATISTICS, new ServerAddress(statisticsAddress.text(), ports.of(Listener.STATISTICS)));
    }

    @Override
    public String text() {
        String text = Template.load(version + "/backend.conf")
                .fill(Map.of(
                        "TRUSTED_NETWORKS", Setting.orExample("login_trusted_networks", trusted, "192.0.2.0/24"),
                        "LMTP_PORT", String.valueOf(ports.of(Listener.LMTP)),
                        "DOVEADM_PORT", String.valueOf(ports.of(Listener.DOVEADM)),
                        "DOVEADM_HTTP_PORT", String.valueOf(ports.of(Listener.DOVEADM_HTTP)),
                        "TLS", implicitTls ? "ssl = yes" : "#ssl = yes",
                        "STATISTICS_ADDRESS", statisticsAddress.text(),
                        "STATISTICS_PORT", String.valueOf(ports.of(Listener.STATISTICS))));
        return text + nodeIn.map(this::nodeText).orElse("");
    }

    private String nodeText(Path baseDir) {
        Map<String, String> values = new TreeMap<>();
        values.put("BASE_DIR", baseDir.toString());
        values.put("DOVEADM_PORT", String.valueOf(ports.of(Listener.DOVEADM)));
        values.put("BACKEND_CA", version.clientCaLine(backendCa));
        if (version == DovecotVersion.V2_4) {
            values.put("MAIL_PROCESSES", mailProcessesText(baseDir));
        }
        return Template.load(version + "/backend-node.conf").fill(values);
    }

    private String mailProcessesText(Path baseDir) {
        return switch (masterSocketBy) {
            case OPTION ->
                Template.load(version + "/mail-processes-by-option.conf").fill(Map.of());
            case SETTING ->
                Template.load(version + "/mail-processes-by-setting.conf").fill(Map.of("BASE_DIR", baseDir.toString()));
        };
    }
}
