package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.demo.mail.ImapClient;
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
import org.pombal.dovecot.doveadm.DoveadmAccess;
import org.pombal.dovecot.doveadm.DoveadmAnswer;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.dovecot.userdb.UserList;

/** The client of doveadm's HTTP API, and the list of users, on real Dovecots of both versions. */
class DoveadmClientTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final String KEY = "doveadm"; // as StandaloneConfig has it
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<Network> LOOPBACK = List.of(new Network("127.0.0.0/8"));

    private final Ports proxyPorts = new FreePorts(new Random()).all(ADDRESS);
    private final Ports backendPorts = new FreePorts(new Random()).all(ADDRESS);
    private final int proxyHttp = proxyPorts.of(Listener.DOVEADM_HTTP);
    private final int backendHttp = backendPorts.of(Listener.DOVEADM_HTTP);

    @ParameterizedTest
    @EnumSource
    void seesAndEndsSessions(DovecotVersion version) throws Exception {
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
                                .withAccounts(List.of(new Account("alice", "secret"), new Account("bob", "secret"))));
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
                                .withAccounts(List.of(account("alice"), account("bob"))))) {
            backend.awaitGreetings(PATIENCE);
            AuthInPlaceOfTheNode.link(proxy);
            proxy.awaitGreetings(PATIENCE);
            DoveadmClient atBackend = client(backendHttp, KEY);
            DoveadmClient atProxy = client(proxyHttp, KEY);

            try (ImapClient alice = login("alice")) {
                await().untilAsserted(() -> assertThat(get(atBackend.who()))
                        .extracting(row -> row.get("username"))
                        .contains("alice"));
                assertThat(get(atBackend.kick("alice"))).isEqualTo(1);
                await().untilAsserted(() -> assertThat(get(atBackend.who()))
                        .extracting(row -> row.get("username"))
                        .doesNotContain("alice"));
                assertThatThrownBy(alice::logout).isInstanceOf(MailException.class);
            }
            try (ImapClient bob = login("bob")) {
                await().untilAsserted(() -> assertThat(get(atProxy.proxyList()))
                        .extracting(row -> row.get("username"))
                        .contains("bob")
                        .doesNotContain("username"));
                await().untilAsserted(() -> assertThat(get(atBackend.who()))
                        .extracting(row -> row.get("username"))
                        .contains("bob"));
                assertThat(get(atProxy.proxyKick("bob"))).isEqualTo(1);
                if (version == DovecotVersion.V2_4) {
                    // 2.4.1 counts the session, and mostly leaves it alone: at the backend it is ended all the same.
                    get(atBackend.kick("bob"));
                    await().untilAsserted(
                                    () -> assertThat(get(atProxy.proxyList())).isEmpty());
                }
                assertThatThrownBy(bob::logout).isInstanceOf(MailException.class);
            }
            assertThat(get(atBackend.kick("alice"))).isZero();
            assertThat(get(atProxy.proxyKick("nobody"))).isZero();
            assertThatThrownBy(() -> get(atBackend.kick("*"))).hasMessageContaining("cannot be kicked");
            assertThat(get(atBackend.call("noSuchThing", Map.of())))
                    .isEqualTo(new DoveadmAnswer.Failed("unknownMethod", 0));
            assertThatThrownBy(() -> get(client(backendHttp, "wrong").who())).hasMessageContaining("doveadm_api_key");
            assertThatThrownBy(() -> get(client(new FreePorts(new Random()).one(ADDRESS), KEY)
                            .who()))
                    .hasMessageContaining("does not answer");
            assertThat(users(backend.baseDir().resolve("auth-userdb"))).containsExactlyInAnyOrder("alice", "bob");
        }
    }

    private static List<String> users(Path socket) throws Exception {
        List<String> users = new ArrayList<>();
        try (UserList list = UserList.open(socket)) {
            for (Optional<String> user = list.next(); user.isPresent(); user = list.next()) {
                users.add(user.get());
            }
        }
        return users;
    }

    private static DoveadmClient client(int port, String key) {
        URI uri = URI.create("http://" + ADDRESS + ":" + port + "/doveadm/v1");
        return new DoveadmClient(HttpClient.newHttpClient(), new DoveadmAccess(uri, key), PATIENCE);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static StandaloneConfig config(String name, DovecotSnippet snippet, Path folder) {
        return StandaloneConfig.of(name, snippet, folder, ADDRESS);
    }

    private Account account(String name) {
        return new Account(
                name, "secret", "host=" + ADDRESS + " hostip=" + ADDRESS + " port=" + backendPorts.of(Listener.IMAP));
    }

    private ImapClient login(String user) {
        ImapClient imap = ImapClient.connect(ADDRESS, proxyPorts.of(Listener.IMAP), PATIENCE);
        imap.login(user, "secret");
        return imap;
    }
}
