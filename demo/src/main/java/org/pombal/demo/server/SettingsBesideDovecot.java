package org.pombal.demo.server;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.ServerAddress;
import org.pombal.dovecot.config.StandaloneConfig;
import org.pombal.geodb.cassandra.CassandraConfig;

/** What a node is told about the Dovecot beside it, about the other Dovecots, which have the same ports, and about GeoDB. */
public final class SettingsBesideDovecot {

    private SettingsBesideDovecot() {}

    /**
     * Names and values of settings.
     *
     * @param implicitTls whether backends are reached on the ports where TLS starts at once
     * @param sees what a path of this machine is called where the node runs
     */
    public static Map<String, String> of(
            DovecotInstallation installation,
            StandaloneConfig dovecot,
            boolean implicitTls,
            CassandraConfig geoDb,
            UnaryOperator<Path> sees) {
        Map<String, String> settings = new TreeMap<>();
        settings.put(
                "cluster_dovecot_base_dir",
                sees.apply(installation.onHost(dovecot.baseDir())).toString());
        settings.put(
                "cluster_doveconf_command",
                new DovecotFolder(installation, dovecot).doveconf(StandaloneConfig.MAIN_FILE, sees));
        ServerAddress doveadm =
                requireNonNull(dovecot.listeners().get(Listener.DOVEADM_HTTP), "doveadm has no HTTP API");
        settings.put("cluster_dovecot_doveadm_url", "http://" + doveadm + "/doveadm/v1");
        ServerAddress statistics =
                requireNonNull(dovecot.listeners().get(Listener.STATISTICS), "Dovecot has no statistics");
        settings.put("cluster_dovecot_statistics_url", "http://" + statistics + "/metrics");
        settings.put("cluster_dovecot_doveadm_key", dovecot.doveadmPassword());
        settings.putAll(doveadmOfBackends(dovecot));
        for (MailProtocol protocol : MailProtocol.values()) {
            settings.put(
                    "cluster_backend_" + protocol.wireName() + "_port",
                    String.valueOf(dovecot.snippet().ports().of(listener(protocol, implicitTls))));
        }
        settings.put("CASSANDRA_SERVERS", String.join(", ", geoDb.contactPoints()));
        settings.put("CASSANDRA_PORT", String.valueOf(geoDb.port()));
        settings.put("CASSANDRA_LOCAL_DC", geoDb.localDataCentre());
        settings.put("CASSANDRA_KEYSPACE", geoDb.keyspace());
        return settings;
    }

    /** How doveadm on backends is reached, where all Dovecots are set up as this one. */
    public static Map<String, String> doveadmOfBackends(StandaloneConfig dovecot) {
        return Map.of(
                "cluster_backend_doveadm_http_port",
                String.valueOf(dovecot.snippet().ports().of(Listener.DOVEADM_HTTP)),
                "cluster_backend_doveadm_key",
                dovecot.doveadmPassword());
    }

    private static Listener listener(MailProtocol protocol, boolean implicitTls) {
        return switch (protocol) {
            case IMAP -> implicitTls ? Listener.IMAPS : Listener.IMAP;
            case POP3 -> implicitTls ? Listener.POP3S : Listener.POP3;
            case SUBMISSION -> implicitTls ? Listener.SUBMISSIONS : Listener.SUBMISSION;
            case SIEVE -> Listener.SIEVE;
            case LMTP -> Listener.LMTP;
            case DOVEADM -> Listener.DOVEADM;
        };
    }
}
