package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.StandaloneConfig;

class DovecotServerTest {

    private static final String ADDRESS = "127.0.0.1";

    private final Ports ports = new FreePorts(new Random()).all(ADDRESS);

    @ParameterizedTest
    @EnumSource
    void greetsOnEveryPortAndLeavesNoProcessBehind(DovecotVersion version) {
        DovecotInstallation installation = Installations.of(version);
        try (ServerFolder folder = new ServerFolder(installation)) {
            DovecotServer server =
                    DovecotServer.start(installation, backend(version, installation.inside(folder.path())));
            server.awaitGreetings(Duration.ofSeconds(10));
            Set<Long> processes = server.processes();
            assertThat(processes).hasSizeGreaterThan(3);

            server.close();

            assertThat(server.isRunning()).isFalse();
            // Those that init has not collected yet are dead, but still listed.
            await().untilAsserted(() ->
                    assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
            server.close();
        }
    }

    @Test
    void namesThePortsThatAreTaken() throws IOException {
        try (ServerFolder folder = new ServerFolder(DovecotInstallation.ofThisMachine());
                ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(ADDRESS, ports.of(Listener.SIEVE)));

            assertThatThrownBy(() -> DovecotServer.start(
                            DovecotInstallation.ofThisMachine(), backend(DovecotVersion.V2_3, folder.path())))
                    .hasMessageContaining("sieve 127.0.0.1:" + ports.of(Listener.SIEVE))
                    .hasMessageNotContaining("imap");
        }
    }

    @Test
    void saysWhatDovecotSaysWhenItDoesNotStart() {
        try (ServerFolder folder = new ServerFolder(DovecotInstallation.ofThisMachine())) {
            StandaloneConfig config =
                    backend(DovecotVersion.V2_3, folder.path()).withMore("no_such_setting = 1");

            assertThatThrownBy(() -> DovecotServer.start(DovecotInstallation.ofThisMachine(), config))
                    .hasMessageContaining("ended by itself")
                    .hasMessageContaining("no_such_setting");
        }
    }

    @Test
    void namesTheFolderThatDovecotsUsersCannotEnter(@TempDir Path closed) throws IOException {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> DovecotServer.start(
                        DovecotInstallation.ofThisMachine(), backend(DovecotVersion.V2_3, closed.resolve("server"))))
                .hasMessageContaining("cannot enter " + closed);
    }

    @Test
    void saysWhereDovecotIsMissing(@TempDir Path empty) {
        assertThatThrownBy(() -> DovecotInstallation.inFolder(empty))
                .hasMessageContaining(empty.toString())
                .hasMessageContaining("script/setup");
    }

    private StandaloneConfig backend(DovecotVersion version, Path folder) {
        Network loopback = new Network("127.0.0.0/8");
        return StandaloneConfig.of(
                        "b1",
                        BackendSnippet.unjudged(version, ports, List.of(loopback), false, new Network(ADDRESS)),
                        folder,
                        ADDRESS)
                .withAccounts(List.of(new Account("alice", "secret")));
    }
}
