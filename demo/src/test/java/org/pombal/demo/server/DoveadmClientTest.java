package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.pombal.demo.server.DovecotPair.ADDRESS;
import static org.pombal.demo.server.DovecotPair.PATIENCE;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
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
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.doveadm.DoveadmAccess;
import org.pombal.dovecot.doveadm.DoveadmAnswer;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.dovecot.userdb.UserList;

/** The client of doveadm's HTTP API, and the list of users, on real Dovecots of both versions. */
class DoveadmClientTest {

    private static final String KEY = "doveadm"; // as StandaloneConfig has it

    @ParameterizedTest
    @EnumSource
    void seesAndEndsSessions(DovecotVersion version) throws Exception {
        DovecotPair pair = DovecotPair.of(version);
        int backendHttp = pair.backendPort(Listener.DOVEADM_HTTP);
        DoveadmClient atBackend = client(backendHttp, KEY);
        DoveadmClient atProxy = client(pair.proxyPort(Listener.DOVEADM_HTTP), KEY);

        try (ImapClient alice = pair.login("alice", "secret")) {
            await().untilAsserted(() -> assertThat(get(atBackend.who()))
                    .extracting(row -> row.get("username"))
                    .contains("alice"));
            assertThat(get(atBackend.kick("alice"))).isEqualTo(1);
            await().untilAsserted(() -> assertThat(get(atBackend.who()))
                    .extracting(row -> row.get("username"))
                    .doesNotContain("alice"));
            assertThatThrownBy(alice::logout).isInstanceOf(MailException.class);
        }
        try (ImapClient bob = pair.login("bob", "secret")) {
            await().untilAsserted(() -> assertThat(get(atProxy.proxyList()))
                    .extracting(row -> row.get("username"))
                    .contains("bob")
                    .doesNotContain("username"));
            await().untilAsserted(() -> assertThat(get(atBackend.who()))
                    .extracting(row -> row.get("username"))
                    .contains("bob"));
            // Dovecot lists a session from its login on, and ends it only from when it passes data on.
            await().untilAsserted(
                            () -> assertThat(get(atProxy.proxyKick("bob"))).isEqualTo(1));
            if (version == DovecotVersion.V2_4) {
                // 2.4.1 counts the session, and mostly leaves it alone: at the backend it is ended all the same.
                get(atBackend.kick("bob"));
                await().untilAsserted(() -> assertThat(get(atProxy.proxyList())).isEmpty());
            }
            assertThatThrownBy(bob::logout).isInstanceOf(MailException.class);
        }
        assertThat(get(atBackend.kick("alice"))).isZero();
        assertThat(get(atProxy.proxyKick("nobody"))).isZero();
        assertThatThrownBy(() -> get(atBackend.kick("*"))).hasMessageContaining("cannot be asked for");
        assertThat(get(atBackend.call("noSuchThing", Map.of())))
                .isEqualTo(new DoveadmAnswer.Failed("unknownMethod", 0));
        assertThatThrownBy(() -> get(client(backendHttp, "wrong").who())).hasMessageContaining("doveadm_api_key");
        assertThatThrownBy(() -> get(
                        client(new FreePorts(new Random()).one(ADDRESS), KEY).who()))
                .hasMessageContaining("does not answer");
        assertThat(users(pair.userdbSocket())).contains("alice", "bob").doesNotHaveDuplicates();
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
}
