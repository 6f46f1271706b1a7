package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.StandaloneConfig;

/** The file that {@code pombal export routes} writes, as docs/operations-break-glass.md has proxies use it; no node runs. */
class RouteFileTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<Network> LOOPBACK = List.of(new Network("127.0.0.0/8"));

    private final Ports proxyPorts = new FreePorts(new Random()).all(ADDRESS);
    private final Ports backendPorts = new FreePorts(new Random()).all(ADDRESS);

    @ParameterizedTest
    @EnumSource
    void routesUsersAndLeavesTheirPasswordsToTheBackend(DovecotVersion version) throws Exception {
        DovecotInstallation installation = Installations.of(version);
        try (ServerFolder backendFolder = new ServerFolder(installation);
                ServerFolder proxyFolder = new ServerFolder(installation)) {
            Path routes = Files.writeString(
                    proxyFolder.path().resolve("routes"),
                    "alice:::::::nopassword=y proxy=y host=" + ADDRESS + " port=" + backendPorts.of(Listener.IMAP)
                            + "\n");
            Files.setPosixFilePermissions(routes, PosixFilePermissions.fromString("rw-r--r--"));
            try (DovecotServer backend = DovecotServer.start(
                            installation,
                            StandaloneConfig.of(
                                            "b1",
                                            BackendSnippet.unjudged(
                                                    version, backendPorts, LOOPBACK, false, new Network(ADDRESS)),
                                            installation.inside(backendFolder.path()),
                                            ADDRESS)
                                    .withAccounts(List.of(new Account("alice", "secret"))));
                    DovecotServer proxy = DovecotServer.start(
                            installation,
                            StandaloneConfig.of(
                                            "p1",
                                            new ProxySnippet(
                                                    version,
                                                    proxyPorts,
                                                    LOOPBACK,
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    new Network(ADDRESS)),
                                            installation.inside(proxyFolder.path()),
                                            ADDRESS)
                                    .withMore(passdb(version, installation.inside(routes))))) {
                backend.awaitGreetings(PATIENCE);
                AuthInPlaceOfTheNode.link(proxy);
                proxy.awaitGreetings(PATIENCE);

                login("alice", "secret");
                login("Alice", "secret");
                assertThatThrownBy(() -> login("alice", "wrong")).isInstanceOf(MailException.class);
                assertThatThrownBy(() -> login("bob", "secret")).isInstanceOf(MailException.class);
            }
        }
    }

    private static String passdb(DovecotVersion version, Path routes) {
        return version == DovecotVersion.V2_3 ? """
                passdb {
                  driver = passwd-file
                  args = username_format=%%Lu %s
                }
                """.formatted(routes) : """
                passdb passwd-file-routes {
                  driver = passwd-file
                  passwd_file_path = %s
                  auth_username_format = %%{user|lower}
                }
                """.formatted(routes);
    }

    private void login(String user, String password) {
        try (ImapClient imap = ImapClient.connect(ADDRESS, proxyPorts.of(Listener.IMAP), PATIENCE)) {
            imap.login(user, password);
            imap.logout();
        }
    }
}
