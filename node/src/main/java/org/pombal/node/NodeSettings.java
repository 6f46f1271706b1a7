package org.pombal.node;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.oneOf;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.text;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.model.backend.HostName;
import org.pombal.model.user.TestUser;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.proxy.BackendTls;
import org.pombal.node.routing.UnknownUsers;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.SettingsRule;
import org.pombal.settings.ValueType;

/** The settings of the node. */
public final class NodeSettings {

    private static final ValueType<UsernameHash> USERNAME_HASH_TYPE =
            new ValueType<>("%Lu, %Ld or %Ln, or their 2.4 spellings", UsernameHash::parse, UsernameHash::toString);

    public static final Setting<Optional<HostName>> BACKEND_NAME = Setting.named(
                    "cluster_backend_name", NodeTypes.HOST_NAME)
            .description("""
                    On backends: the host name of this backend, the same as in 'pombal cluster backend'. A node with this
                    setting stands beside a Dovecot backend and lets only its users in; without it, the node stands
                    beside a proxy.""")
            .optional();

    public static final Setting<Optional<TestUser>> TEST_USERNAME = Setting.named(
                    "cluster_backend_test_username", NodeTypes.TEST_USER)
            .description("""
                    The user by whom backends are tried, as %{backend_host}@test.example.org; %{backend_host} becomes the
                    backend's host name, or that of another site's load balancer. 'pombal cluster group access' asks in his
                    name. A backend serves the test user that has its name whatever group he belongs to; nobody else may use
                    these accounts. With cluster_backend_test_password, proxies log him in. Must be the same on all nodes.""")
            .optional();

    public static final Setting<Storage> STORAGE = Setting.named("cluster_storage", oneOf(Storage.class))
            .description("""
                    Where mailboxes are: shared, on storage that each backend reaches, as NFS or an object store; or
                    local, on disks of one backend each. With local storage a user stays with the backend that has his
                    mail: if it is away he gets a temporary failure. Must be the same on all nodes.""")
            .required();

    public static final Setting<Optional<UnknownUsers>> UNKNOWN_USERS = Setting.named(
                    "cluster_unknown_users", oneOf(UnknownUsers.class))
            .description("""
                    What becomes of a user whom GeoDB does not know: place gives him a group, and with it a backend;
                    refuse gives a temporary failure until somebody has entered him. Without this setting it is place
                    with shared storage. With local storage it is refuse: a user whose mail is on some backend's disk
                    would be shown an empty mailbox on another. Must be the same on all nodes.""")
            .optional();

    public static final Setting<Path> DOVECOT_BASE_DIR =
            Setting.named("cluster_dovecot_base_dir", path()).description("""
                    Dovecot's base_dir. The node's sockets are made below it (login/pombal/cluster,
                    pombal/cluster-userdb and, on backends, pombal/auth-master), and Dovecot's own (login/login,
                    auth-userdb and auth-master) are reached there.""").withDefault(Path.of("/run/dovecot"));

    public static final Setting<String> DOVECONF_COMMAND =
            Setting.named("cluster_doveconf_command", text()).description("""
                    The program that prints Dovecot's configuration, and its arguments, separated by spaces, for
                    'pombal check'; -N is added. With a configuration in another place: doveconf -c FILE.""").withDefault("doveconf");

    public static final Setting<Path> STATE_DIR =
            Setting.named("cluster_state_dir", path()).description("""
                    Folder of the LocalDB, which lets a restarted node route known users while GeoDB is away. Made if
                    missing. It may be deleted while the node is stopped; it is only a cache.""").withDefault(Path.of("/var/lib/pombal"));

    public static final Setting<Optional<Path>> GUARDIAN_DIR =
            Setting.named("cluster_guardian_dir", path()).description("""
                    Folder on tmpfs where pombal-guardian has its trust file and its two sockets, under the names trust, control
                    and descriptors; /run/pombal as a rule. The node takes its listening sockets from the guardian then, so that
                    logins wait while it restarts. Without this setting the node binds them itself, which takes root, and a backend's
                    looks for the other two in /run/pombal.""").optional();

    public static final Setting<ListenAddress> HTTP_LISTEN = Setting.named("cluster_http_listen", ListenAddress.TYPE)
            .description("""
                    Where the node answers HTTP: /metrics for Prometheus, /healthz, and /readyz for load balancers. Give
                    it an address that only they can reach.""")
            .withDefault(new ListenAddress("127.0.0.1", 24280));

    public static final Setting<UsernameHash> USERNAME_HASH = Setting.named("cluster_username_hash", USERNAME_HASH_TYPE)
            .description("""
                    Which part of the user name chooses the group of a new user: %Lu the whole name, %Ld the domain, so
                    that users of one domain can share mailboxes, %Ln the local part. Must be the same on all nodes.
                    Users that have a group keep it.""")
            .withDefault(UsernameHash.WHOLE_NAME);

    public static final Setting<Integer> MAX_USER_CREATIONS = Setting.named(
                    "cluster_max_user_creations", wholeNumber(1, 100_000, "users per second"))
            .description("""
                    How many new users this node places per second at most; more get a temporary failure. Keeps a
                    passdb that accepts any name from filling GeoDB. Raise it while many users arrive for the first
                    time, as after a migration.""")
            .withDefault(500);

    public static final Setting<BackendTls> BACKEND_SSL = Setting.named("cluster_backend_ssl", oneOf(BackendTls.class))
            .description("""
                    How proxies, and backends that send a user on, talk to backends: no, starttls, ssl (TLS from the first byte), or any-cert (STARTTLS
                    without checking the certificate). With starttls and ssl the certificate must be valid for the
                    backend's host name. What a passdb says in ssl= or starttls= goes first.""")
            .withDefault(BackendTls.NO);

    private static final Map<MailProtocol, Setting<Optional<Integer>>> BACKEND_PORTS =
            Arrays.stream(MailProtocol.values()).collect(toMap(Function.identity(), NodeSettings::declareBackendPort));

    public static final Setting<Duration> RESOLVE_INTERVAL = Setting.named(
                    "cluster_resolve_interval", duration(Duration.ofSeconds(1), Duration.ofHours(1)))
            .description("""
                    How often the names of backends are looked up again. A name with several addresses keeps the one in
                    use as long as it has it; a name that no longer resolves keeps its last address.""")
            .withDefault(Duration.ofSeconds(30));

    public static final Setting<Integer> ROUTE_CACHE_USERS = Setting.named(
                    "cluster_route_cache_users", wholeNumber(1_000, 500_000_000, "users"))
            .description("""
                    How many users are known in memory at most, at up to 40 bytes each. Beyond that, those not seen of
                    late are looked up in the LocalDB again.""")
            .withDefault(5_000_000);

    public static final Setting<Integer> EVENT_LOOPS = Setting.named(
                    "cluster_event_loops", wholeNumber(1, 64, "threads"))
            .description("""
                    How many threads relay between Dovecot's processes and auth. One relays some hundred thousand logins
                    a second, and with fewer threads each login costs less.""")
            .withDefault(1);

    /** The group of all of them. */
    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "node",
                    "Node",
                    "The daemon beside each Dovecot proxy and backend.",
                    Stream.of(
                                    Stream.<Setting<?>>of(
                                            BACKEND_NAME,
                                            TEST_USERNAME,
                                            STORAGE,
                                            UNKNOWN_USERS,
                                            DOVECOT_BASE_DIR,
                                            DOVECONF_COMMAND,
                                            STATE_DIR,
                                            GUARDIAN_DIR,
                                            HTTP_LISTEN,
                                            USERNAME_HASH,
                                            MAX_USER_CREATIONS,
                                            BACKEND_SSL,
                                            RESOLVE_INTERVAL,
                                            ROUTE_CACHE_USERS,
                                            EVENT_LOOPS),
                                    Arrays.stream(MailProtocol.values()).map(NodeSettings::backendPort),
                                    DoveadmSettings.all().stream(),
                                    PeerSettings.all().stream(),
                                    ReportSettings.all().stream(),
                                    LoadSettings.all().stream(),
                                    TestLoginSettings.all().stream(),
                                    SitesSettings.all().stream())
                            .flatMap(Function.identity())
                            .toArray(Setting<?>[]::new))
            .withRules(Stream.of(
                            Stream.of(DoveadmSettings.rules()),
                            Stream.of(PeerSettings.rule()),
                            Stream.of(ReportSettings.rules()),
                            Stream.of(TestLoginSettings.rule()),
                            Stream.of(SitesSettings.rule()))
                    .flatMap(Function.identity())
                    .toArray(SettingsRule[]::new));

    private NodeSettings() {}

    /** The port of backends for this protocol. */
    public static Setting<Optional<Integer>> backendPort(MailProtocol protocol) {
        return requireNonNull(BACKEND_PORTS.get(protocol), "every protocol has a port setting");
    }

    private static Setting<Optional<Integer>> declareBackendPort(MailProtocol protocol) {
        String name = protocol.wireName();
        return Setting.named("cluster_backend_" + name + "_port", wholeNumber(1, 65_535))
                .description("The " + name.toUpperCase(Locale.ROOT)
                        + " port of backends, where the passdb does not set port=. Not given, it is "
                        + (protocol.plainPort() == protocol.tlsPort()
                                ? String.valueOf(protocol.plainPort())
                                : protocol.plainPort() + ", or " + protocol.tlsPort()
                                        + " with cluster_backend_ssl = ssl")
                        + ".")
                .optional();
    }

    /** What becomes of users that GeoDB does not know. */
    static UnknownUsers unknownUsers(Settings settings) {
        return settings.get(UNKNOWN_USERS)
                .orElse(settings.get(STORAGE) == Storage.LOCAL ? UnknownUsers.REFUSE : UnknownUsers.PLACE);
    }

    /** Whether any protocol has a port of its own on backends. */
    public static boolean hasBackendPorts(Settings settings) {
        return !backendPorts(settings).isEmpty();
    }

    /** The backend ports that were set. */
    static Map<MailProtocol, Integer> backendPorts(Settings settings) {
        Map<MailProtocol, Integer> ports = new EnumMap<>(MailProtocol.class);
        for (MailProtocol protocol : MailProtocol.values()) {
            settings.get(backendPort(protocol)).ifPresent(port -> ports.put(protocol, port));
        }
        return ports;
    }
}
