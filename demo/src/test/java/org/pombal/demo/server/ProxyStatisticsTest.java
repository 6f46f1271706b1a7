package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.LmtpClient;
import org.pombal.demo.mail.MailException;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.StandaloneConfig;

/** What a proxy's statistics say of its backends, one of which is dead. */
class ProxyStatisticsTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final String ALIVE = "alive.example.org";
    private static final String DEAD = "dead.example.org";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<Network> LOOPBACK = List.of(new Network("127.0.0.0/8"));

    private final Ports proxyPorts = new FreePorts(new Random()).all(ADDRESS);
    private final Ports backendPorts = new FreePorts(new Random()).all(ADDRESS);

    @ParameterizedTest
    @EnumSource
    void tellALivingBackendFromADeadOne(DovecotVersion version) {
        DovecotInstallation installation = Installations.of(version);
        try (ServerFolder backendFolder = new ServerFolder(installation);
                ServerFolder proxyFolder = new ServerFolder(installation);
                DovecotServer backend = DovecotServer.start(
                        installation,
                        config(
                                        "b1",
                                        BackendSnippet.unjudged(
                                                version, backendPorts, LOOPBACK, false, new Network(ADDRESS)),
                                        installation.inside(backendFolder.path()))
                                .withAccounts(List.of(new Account("alice", "secret"), new Account("lara", "secret"))));
                DovecotServer proxy = DovecotServer.start(
                        installation,
                        config(
                                        "p1",
                                        new ProxySnippet(
                                                version,
                                                proxyPorts,
                                                LOOPBACK,
                                                Optional.empty(),
                                                Optional.empty(),
                                                new Network(ADDRESS)),
                                        installation.inside(proxyFolder.path()))
                                .withAccounts(List.of(
                                        account("alice", ALIVE, ADDRESS, Listener.IMAP),
                                        account("lara", ALIVE, ADDRESS, Listener.LMTP),
                                        account("ilse", DEAD, "127.0.0.99", Listener.IMAP),
                                        account("lena", DEAD, "127.0.0.99", Listener.LMTP))))) {
            backend.awaitGreetings(PATIENCE);
            AuthInPlaceOfTheNode.link(proxy);
            proxy.awaitGreetings(PATIENCE);

            login("alice");
            assertThatThrownBy(() -> login("ilse")).isInstanceOf(MailException.class);
            deliver("lara");
            assertThatThrownBy(() -> deliver("lena")).isInstanceOf(MailException.class);

            await().untilAsserted(() -> {
                String statistics = statistics();
                assertThat(statistics)
                        .contains("dovecot_proxy_session_success_total{dest_host=\"" + ALIVE + "\"} 1\n")
                        .doesNotContain("dovecot_proxy_session_success_total{dest_host=\"" + DEAD)
                        .contains("dovecot_lmtp_rcpt_finished_success_total{dest_host=\"" + ALIVE + "\"} 1\n")
                        .contains("dovecot_lmtp_rcpt_finished_failure_total{dest_host=\"" + DEAD + "\"} 1\n")
                        .doesNotContain("dovecot_lmtp_rcpt_finished_failure_total{dest_host=\"" + ALIVE)
                        .contains("dovecot_proxy_session_" + (version == DovecotVersion.V2_3 ? "finished" : "failure")
                                + "_total{dest_host=\"" + DEAD + "\"} 1\n");
            });
        }
    }

    private static StandaloneConfig config(String name, DovecotSnippet snippet, Path folder) {
        return StandaloneConfig.of(name, snippet, folder, ADDRESS);
    }

    /** The node answers with a name and an address too: statistics are by name. */
    private Account account(String name, String host, String ip, Listener listener) {
        return new Account(name, "secret", "host=" + host + " hostip=" + ip + " port=" + backendPorts.of(listener));
    }

    private void login(String user) {
        try (ImapClient imap = ImapClient.connect(ADDRESS, proxyPorts.of(Listener.IMAP), PATIENCE)) {
            imap.login(user, "secret");
            imap.logout();
        }
    }

    private void deliver(String user) {
        try (LmtpClient lmtp = LmtpClient.connect(ADDRESS, proxyPorts.of(Listener.LMTP), PATIENCE)) {
            lmtp.deliver("bob@example.org", user, "Subject: hello\r\n\r\nhello\r\n");
            lmtp.quit();
        }
    }

    private String statistics() throws IOException, InterruptedException {
        URI uri = URI.create("http://" + ADDRESS + ":" + proxyPorts.of(Listener.STATISTICS) + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString())
                .body();
    }
}
