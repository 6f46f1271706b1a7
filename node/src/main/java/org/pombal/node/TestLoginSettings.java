package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.path;
import static org.pombal.settings.ValueTypes.text;
import static org.pombal.settings.ValueTypes.yesNo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.model.user.TestUser;
import org.pombal.node.proxy.BackendTls;
import org.pombal.node.testlogin.TestLoginSetup;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;

/** The settings of the test user's logins. */
public final class TestLoginSettings {

    public static final Setting<Optional<String>> PASSWORD = Setting.named("cluster_backend_test_password", text())
            .description("""
                    On proxies: the password of the test users, by which the node logs in at each backend that is online or
                    offline, and at the load balancers of other sites, over IMAP. So they are judged also when nobody uses them, and
                    another site that serves nobody is not reachable though its load balancer greets. Without it the node does not.""")
            .secret()
            .optional();

    public static final Setting<Boolean> CHECK_BACKENDS = Setting.named("cluster_proxy_check_backends", yesNo())
            .description("""
                    On proxies: whether test users log in from this one. With many proxies a few of them are enough to judge backends;
                    whether another site is reachable, most proxies of a site decide.""")
            .withDefault(true);

    public static final Setting<Duration> INTERVAL = Setting.named(
                    "cluster_backend_test_interval", duration(Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .description("""
                    How often the test user logs in at each backend. At least three logins must fall into
                    cluster_statistics_window, or they say nothing.""")
            .withDefault(Duration.ofSeconds(15));

    public static final Setting<Duration> TIMEOUT = Setting.named(
                    "cluster_backend_test_timeout", duration(Duration.ofMillis(100), Duration.ofMinutes(1)))
            .description("How long a login of the test user may take; then it has failed.")
            .withDefault(Duration.ofSeconds(5));

    public static final Setting<Optional<Path>> CA_FILE = Setting.named("cluster_backend_test_ca_file", path())
            .description("""
                    With cluster_backend_ssl = starttls or ssl: certificates in PEM by which those of backends must be signed
                    for test users to log in. Without it, those that the JVM knows.""")
            .optional();

    private TestLoginSettings() {}

    static List<Setting<?>> all() {
        return List.of(PASSWORD, CHECK_BACKENDS, INTERVAL, TIMEOUT, CA_FILE);
    }

    static SettingsRule rule() {
        return new SettingsRule(List.of(PASSWORD, NodeSettings.TEST_USERNAME), settings -> {
            Optional<TestUser> user = settings.get(NodeSettings.TEST_USERNAME);
            if (settings.get(PASSWORD).isEmpty()
                    || user.filter(TestUser::isOfOneBackend).isPresent()) {
                return Optional.empty();
            }
            return Optional.of("cluster_backend_test_password is set, and cluster_backend_test_username "
                    + user.map(name -> "is '" + name + "', one user for all backends; a user may be served by one only")
                            .orElse("is not")
                    + ": set it to one with " + TestUser.BACKEND_HOST + ", such as probe-" + TestUser.BACKEND_HOST);
        });
    }

    /** How test users log in from this proxy; empty if they do not. */
    static Optional<TestLoginSetup> setup(Settings settings) {
        boolean wanted = settings.get(CHECK_BACKENDS)
                && settings.get(NodeSettings.BACKEND_NAME).isEmpty();
        BackendTls tls = settings.get(NodeSettings.BACKEND_SSL);
        int port = NodeSettings.backendPorts(settings)
                .getOrDefault(MailProtocol.IMAP, tls.customaryPort(MailProtocol.IMAP));
        return settings.get(NodeSettings.TEST_USERNAME).filter(user -> wanted).flatMap(user -> settings.get(PASSWORD)
                .map(password -> new TestLoginSetup(
                        user,
                        password,
                        tls,
                        port,
                        settings.get(CA_FILE),
                        settings.get(INTERVAL),
                        settings.get(TIMEOUT))));
    }
}
