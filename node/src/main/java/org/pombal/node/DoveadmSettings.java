package org.pombal.node;

import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.text;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pombal.node.doveadm.Credentials;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;

/** The settings of the doveadm API, the node's own and that of the Dovecot beside it. */
public final class DoveadmSettings {

    public static final Setting<Path> SOCKET = Setting.named("cluster_doveadm_socket", path())
            .description("""
                    Unix socket on which the node takes 'pombal cluster' and 'doveadm cluster' commands, as doveadm's HTTP
                    API. Only the user the node runs as, and root, may use it. The folder is made if the one above it is
                    there.""")
            .withDefault(Path.of("/run/pombal/doveadm.sock"));

    public static final Setting<Optional<ListenAddress>> LISTEN = Setting.named(
                    "cluster_doveadm_listen", ListenAddress.TYPE)
            .description("""
                    Where the same API listens on TCP, for commands from other machines. Not at all if not given; needs
                    cluster_doveadm_api_key or cluster_doveadm_password.""")
            .optional();

    public static final Setting<Optional<String>> API_KEY = Setting.named("cluster_doveadm_api_key", text())
            .description("The key that callers over TCP show in 'Authorization: X-Dovecot-API', there in base64.")
            .secret()
            .optional();

    public static final Setting<Optional<String>> PASSWORD = Setting.named("cluster_doveadm_password", text())
            .description("The password of user doveadm, for callers over TCP that use 'Authorization: Basic'.")
            .secret()
            .optional();

    public static final Setting<Optional<Path>> TLS_CERTIFICATE = Setting.named("cluster_doveadm_tls_cert_file", path())
            .description("""
                    Certificate chain in PEM; with it cluster_doveadm_listen speaks TLS only. Without it the key crosses the
                    network readable: then listen where only trusted machines can connect.""")
            .optional();

    public static final Setting<Optional<Path>> TLS_KEY = Setting.named("cluster_doveadm_tls_key_file", path())
            .description("The private key that goes with cluster_doveadm_tls_cert_file, in PEM (PKCS#8).")
            .optional();

    public static final Setting<URI> DOVECOT_URL = Setting.named(
                    "cluster_dovecot_doveadm_url", NodeTypes.url("http://host:port/doveadm/v1"))
            .description("The doveadm HTTP API of the Dovecot on this machine, by which 'cluster kick' ends sessions.")
            .withDefault(URI.create("http://127.0.0.1:8080/doveadm/v1"));

    public static final Setting<Optional<String>> DOVECOT_KEY = Setting.named("cluster_dovecot_doveadm_key", text())
            .description("The doveadm_api_key of the Dovecot on this machine. Without it that Dovecot is not asked.")
            .secret()
            .optional();

    private DoveadmSettings() {}

    static List<Setting<?>> all() {
        return List.of(SOCKET, LISTEN, API_KEY, PASSWORD, TLS_CERTIFICATE, TLS_KEY, DOVECOT_URL, DOVECOT_KEY);
    }

    static SettingsRule[] rules() {
        return new SettingsRule[] {
            new SettingsRule(
                    List.of(LISTEN, API_KEY, PASSWORD),
                    settings -> settings.get(LISTEN).isPresent()
                                    && credentials(settings).isEmpty()
                            ? Optional.of("cluster_doveadm_listen is set, and anybody who can connect could command the"
                                    + " cluster: set cluster_doveadm_api_key or cluster_doveadm_password")
                            : Optional.empty()),
            new SettingsRule(
                    List.of(TLS_CERTIFICATE, TLS_KEY),
                    settings -> settings.get(TLS_CERTIFICATE).isPresent()
                                    != settings.get(TLS_KEY).isPresent()
                            ? Optional.of(
                                    "cluster_doveadm_tls_cert_file and cluster_doveadm_tls_key_file go together, and"
                                            + " only one of them is set")
                            : Optional.empty())
        };
    }

    static Optional<Credentials> credentials(Settings settings) {
        return settings.get(API_KEY).isEmpty() && settings.get(PASSWORD).isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(settings.get(API_KEY), settings.get(PASSWORD)));
    }
}
