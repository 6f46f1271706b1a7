package org.pombal.node;

import static org.pombal.settings.ValueTypes.text;

import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.HostName;
import org.pombal.node.peer.PeerAddress;
import org.pombal.node.peer.PeerKey;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;
import org.pombal.settings.ValueType;

/** The settings of how the nodes of a site talk to one another. */
public final class PeerSettings {

    private static final ValueType<PeerAddress> ADDRESS_TYPE = new ValueType<>(
            "host:port, as backend1.example.org:24281 or [2001:db8::1]:24281",
            PeerAddress::parse,
            PeerAddress::toString);

    public static final Setting<ListenAddress> LISTEN = Setting.named("cluster_peer_listen", ListenAddress.TYPE)
            .description("""
                    Where the node listens for the other nodes of its site: for votes on whether GeoDB is up, and for questions
                    where a user is who is being moved. Not at all without cluster_peer_key. Give it an address that only
                    they can reach: the key crosses the network readable.""")
            .withDefault(new ListenAddress("*", 24281));

    public static final Setting<Optional<String>> KEY =
            Setting.named("cluster_peer_key", text()).description("""
                    The key by which the nodes of a site know one another. Must be the same on all of them. Required on
                    backends. A proxy's node without it has no vote, and its Dovecot 2.3 sends users who are being moved to
                    the backend they leave.""").secret().optional();

    public static final Setting<Optional<PeerAddress>> ADDRESS =
            Setting.named("cluster_peer_address", ADDRESS_TYPE).description("""
                    Where the other nodes of the site reach this one. If not given: the name of the backend, or of a proxy's
                    machine, with the port of cluster_peer_listen.""").optional();

    private PeerSettings() {}

    static List<Setting<?>> all() {
        return List.of(LISTEN, KEY, ADDRESS);
    }

    static SettingsRule rule() {
        return new SettingsRule(
                List.of(NodeSettings.BACKEND_NAME, KEY),
                settings -> settings.get(NodeSettings.BACKEND_NAME).isPresent()
                                && settings.get(KEY).isEmpty()
                        ? Optional.of(
                                "cluster_peer_key is not set: a backend's node must be able to ask the other nodes"
                                        + " of its site; set the same key on all of them")
                        : Optional.empty());
    }

    /** Empty if this node takes no part. */
    static Optional<PeerKey> key(Settings settings) {
        return settings.get(KEY).map(PeerKey::new);
    }

    /**
     * Where the others reach this node.
     *
     * @param machine name of this machine, for proxies
     * @param port on which it listens
     */
    static PeerAddress address(Settings settings, String machine, int port) {
        return settings.get(ADDRESS)
                .orElseGet(() -> new PeerAddress(
                        settings.get(NodeSettings.BACKEND_NAME)
                                .map(HostName::value)
                                .orElse(machine),
                        port));
    }
}
