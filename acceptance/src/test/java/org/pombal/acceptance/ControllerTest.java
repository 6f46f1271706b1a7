package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** The controller as it is installed, on a real Cassandra. */
@Timeout(300)
class ControllerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A killed leader's lease must have stood still for 6 s; the rest is for a slow machine. */
    private static final Duration FAIL_OVER = Duration.ofSeconds(30);

    /**
     * It is to be ready within 3 s. How long that takes says more of what else runs on a machine that tests; what it works until then does
     * not, and is about the same time on one core that has nothing else to do.
     */
    private static final Duration MOST_WORK = Duration.ofSeconds(3);

    private static final long MOST_MEGABYTES = 256;

    private static final int CROWD = 10_000;

    @TempDir
    private Path folder;

    @Test
    void from_an_empty_cassandra_to_a_site_with_a_backend_and_its_groups() throws Exception {
        CassandraConfig geoDb = SharedCassandra.absentKeyspace("controller_first");
        try (RunningController controller = RunningController.start(folder, geoDb, Map.of())) {
            controller.awaitReady(PATIENCE);
            String admin = controller.admin();
            assertThat(controller.ask(admin, "GET", "/api/v1/sites/lisbon", "").body())
                    .contains("\"loadBalancer\":\"mail.lisbon.example.org\"");

            for (List<String> step : List.of(
                    List.of("POST", "/api/v1/tags", "{\"name\":\"gold\"}", "201"),
                    List.of("PATCH", "/api/v1/sites/lisbon", "{\"tag\":\"gold\"}", "200"),
                    List.of("POST", "/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"localhost\"}", "201"),
                    List.of("PATCH", "/api/v1/backends/localhost", "{\"status\":\"online\"}", "200"),
                    List.of("POST", "/api/v1/sites/lisbon/init", "{\"count\":20}", "200"),
                    List.of("PATCH", "/api/v1/sites/lisbon/groups/default-3", "{\"stickyUsers\":true}", "200"),
                    List.of("PUT", "/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}", "200"),
                    List.of("GET", "/api/v1/backends/localhost", "", "200"),
                    List.of("GET", "/api/v1/users?backend=localhost", "", "200"),
                    List.of("GET", "/api/v1/users?cursor=x", "", "400"),
                    List.of("GET", "/api/v1/users?group=default-1&cursor=x", "", "400"),
                    List.of("GET", "/api/v1/users?backend=localhost&cursor=%25", "", "400"),
                    List.of("GET", "/api/v1/sites/lisbon/groups?cursor=x", "", "400"),
                    List.of("DELETE", "/api/v1/backends/localhost", "", "409"))) {
                HttpResponse<String> answer = controller.ask(admin, step.get(0), step.get(1), step.get(2));
                assertThat(answer.statusCode())
                        .as("%s: %s", step, answer.body())
                        .isEqualTo(Integer.parseInt(step.get(3)));
            }
            usersAreFoundMovedAndTheMovesTakenBack(controller, admin, geoDb);
            assertThat(controller
                            .ask(admin, "GET", "/api/v1/audit?limit=20", "")
                            .body())
                    .contains("\"action\":\"backend.remove\"", "\"result\":\"refused\"", "\"who\":\"ana\"");
            assertThat(controller.stop()).isIn(0, 143);
            assertThat(controller.printed()).doesNotContain(admin.substring(admin.lastIndexOf('_') + 1));
        }
        try (RunningController again = RunningController.start(folder, geoDb, Map.of())) {
            again.awaitReady(PATIENCE);
            assertThat(again.work()).isLessThan(MOST_WORK);
            await().atMost(PATIENCE).until(() -> again.printed().contains("acts for site"));
            assertThat(again.printed()).doesNotContain("pombal_first_");
            assertThat(again.residentMegabytes()).isLessThan(MOST_MEGABYTES);
        }
    }

    /** The backend is not there, so the test claims a group in its place. */
    private static void usersAreFoundMovedAndTheMovesTakenBack(
            RunningController controller, String admin, CassandraConfig config) {
        try (GeoDb geoDb = CassandraGeoDb.connect(config)) {
            SiteId lisbon = awaited(geoDb.sites().list()).get(0).id();
            GroupId one = GroupId.numbered(lisbon, 1);
            for (int number = 1; number <= 2; number++) {
                for (String name : List.of("ana", "andre", "rui")) {
                    UserKey user = new UserKey(name + number + "@example.org");
                    awaited(geoDb.users().createIfAbsent(User.firstSeen(user, GroupId.numbered(lisbon, number))));
                }
            }
            assertThat(found(controller, admin, "prefix=an&limit=1000")).hasSize(4);
            assertThat(found(controller, admin, "group=default-1"))
                    .containsExactlyInAnyOrder("ana1@example.org", "andre1@example.org", "rui1@example.org");
            assertThat(found(controller, admin, "backend=localhost&prefix=r"))
                    .containsExactlyInAnyOrder("rui1@example.org", "rui2@example.org");
            assertThat(found(controller, admin, "backend=localhost&group=default-2&site=lisbon&prefix=and"))
                    .containsExactly("andre2@example.org");

            UserGroup row = awaited(geoDb.groups().find(one, ReadLevel.SERIAL)).orElseThrow();
            awaited(geoDb.groups().update(GroupSteps.claimed(row, 1)));
            String move = "/api/v1/users/ana1@example.org/move";
            assertThat(controller
                            .ask(admin, "POST", move, "{\"group\":\"default-2\"}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(controller.ask(admin, "GET", move, "").body())
                    .contains("\"step\":\"leaving\"", "\"by\":\"ana\"", "\"toGroup\":\"default-2\"");
            assertThat(controller.ask(admin, "DELETE", move, "").statusCode()).isEqualTo(202);
            assertThat(controller
                            .ask(admin, "GET", "/api/v1/sites/lisbon/user-moves", "")
                            .body())
                    .contains("\"step\":\"staying\"", "ana1@example.org");
        }
    }

    private static List<String> found(RunningController controller, String admin, String query) {
        String body = controller.ask(admin, "GET", "/api/v1/users?" + query, "").body();
        return Pattern.compile("\"user\":\"([^\"]+)\"")
                .matcher(body)
                .results()
                .map(user -> user.group(1))
                .toList();
    }

    private static <T> T awaited(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void where_it_is_to_make_neither_tables_nor_a_site_it_waits_until_somebody_else_has() throws Exception {
        CassandraConfig geoDb = SharedCassandra.absentKeyspace("controller_waits");
        Map<String, String> settings = Map.of("INIT_GEODB_SCHEMA", "no", "INIT_SITE", "False");
        try (RunningController controller = RunningController.start(folder, geoDb, settings)) {
            await().atMost(PATIENCE).until(() -> controller.printed().contains("has no keyspace controller_waits"));
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> controller.ask("", "GET", "/readyz", "").statusCode() == 503);
            assertThatThrownBy(() -> CassandraGeoDb.connect(new CassandraSession(geoDb), geoDb.keyspace()))
                    .hasMessageContaining("has no keyspace controller_waits");

            SharedCassandra.create(geoDb);
            controller.awaitReady(PATIENCE);
            String admin = controller.admin();
            assertThat(controller.printed()).contains("there is no site 'lisbon', which CLUSTER_SITE names");
            assertThat(controller.ask(admin, "GET", "/api/v1/sites", "").body()).contains("\"items\":[]");
            assertThat(controller.ask("", "GET", "/api/v1/health", "").body()).contains("\"leader\":\"missing\"");

            controller.ask(admin, "POST", "/api/v1/sites", "{\"name\":\"lisbon\"}");
            await().atMost(PATIENCE).until(() -> controller.leads(admin));
        }
    }

    @Test
    void of_two_controllers_one_acts_and_the_other_follows_when_it_is_killed_or_hangs() {
        CassandraConfig geoDb = SharedCassandra.keyspace("controller_two");
        try (RunningController one = RunningController.start(folder, geoDb, Map.of())) {
            one.awaitReady(PATIENCE);
            String admin = one.admin();
            await().atMost(PATIENCE).until(() -> one.leads(admin));
            try (RunningController two = RunningController.start(folder, geoDb, Map.of())) {
                two.awaitReady(PATIENCE);
                assertThat(two.leads(admin)).isFalse();

                one.signal("STOP");
                await().atMost(FAIL_OVER).until(() -> two.leads(admin));
                one.signal("CONT");
                assertThat(one.leads(admin)).isFalse();
                assertThat(two.leads(admin)).isTrue();

                two.signal("KILL");
                await().atMost(FAIL_OVER).until(() -> one.leads(admin));
            }
        }
    }

    @Test
    void with_a_certificate_it_answers_in_tls_only() throws Exception {
        Certificates.make(folder, "DNS:localhost");
        CassandraConfig geoDb = SharedCassandra.keyspace("controller_tls");
        Map<String, String> tls = Map.of(
                "CONTROLLER_TLS_CERT_FILE", folder.resolve("server.pem").toString(),
                "CONTROLLER_TLS_KEY_FILE", folder.resolve("server.key").toString());
        try (RunningController controller = RunningController.start(folder, geoDb, tls, trusting("ca.pem"))) {
            controller.awaitReady(PATIENCE);
            HttpResponse<String> answer = controller.ask("", "GET", "/api/v1/health", "");
            assertThat(answer.body()).contains("\"geoDb\":\"up\"");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();

            assertThat(saidInPlain(controller, "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("\"detail\":\"the controller answers in TLS only here: use https://\"}");
            assertThat(saidInPlain(controller, "\0\0\0\0\0\0")).startsWith("HTTP/1.1 400 ");
            assertThat(controller.ask("", "GET", "/healthz", "").statusCode()).isEqualTo(200);
            assertThat(controller.printed())
                    .contains(" does not speak TLS, and the controller answers in nothing else")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    /** All that comes back to who sends this, until the connection is ended. */
    private static String saidInPlain(RunningController controller, String bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(controller.address(), 5_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private SSLContext trusting(String authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve(authority))) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Test
    void the_lines_of_the_guide_run_as_they_are_written() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 b1.example.org b2.example.org\n");
        Map<String, String> settings = Map.of("CLUSTER_HOSTS_FILE", hosts.toString());
        List<String> blocks = ApiGuide.blocks(Product.home().resolve("../../../docs/controller.md"));
        CassandraConfig geoDb = SharedCassandra.absentKeyspace("controller_guide");
        try (RunningController controller = RunningController.start(folder, geoDb, settings)) {
            controller.awaitReady(PATIENCE);
            userAnnOf(geoDb);
            StringBuilder lines = new StringBuilder();
            for (String block : blocks) {
                lines.append(block.replace("http://127.0.0.1:8080", controller.base()));
            }
            String first = controller.firstToken();
            String script = lines.toString()
                    .replaceFirst("(?s)(curl[^\n]*pombal_first_\\.\\.\\..*?/tokens\n)", "MADE=\\$(\n$1)\n")
                    .replace("pombal_first_...", first)
                    .replace(
                            "TOKEN=pombal_...",
                            "TOKEN=$(grep -o 'pombal_[a-z0-9]*_[A-Za-z0-9_-]\\{43\\}' <<<\"$MADE\")");
            Programs.Ended ended = ApiGuide.run(folder, script);
            assertThat(ended.exitCode()).as("%s%n%s", script, ended.output()).isZero();
            assertThat(ended.output()).contains("\"host\":\"b1.example.org\"", "# EOF", "\"isThis\":true");
        }
    }

    /** Somebody who has logged in. */
    private static void userAnnOf(CassandraConfig config) {
        try (GeoDb geoDb = CassandraGeoDb.connect(config)) {
            SiteId lisbon = await().atMost(PATIENCE)
                    .until(() -> awaited(geoDb.sites().list()), sites -> !sites.isEmpty())
                    .get(0)
                    .id();
            User ann = User.firstSeen(new UserKey("ann@example.org"), GroupId.numbered(lisbon, 1));
            awaited(geoDb.users().createIfAbsent(ann));
        }
    }

    @Test
    void ten_thousand_requests_at_the_same_time_are_each_answered_as_they_deserve() throws Exception {
        CassandraConfig geoDb = SharedCassandra.keyspace("controller_crowd");
        try (RunningController controller = RunningController.start(folder, geoDb, Map.of())) {
            controller.awaitReady(PATIENCE);
            String admin = controller.admin();
            String newest =
                    controller.ask(admin, "GET", "/api/v1/audit?limit=1", "").body();

            Map<Integer, Map<Integer, Integer>> statuses = ManyRequests.send(
                    controller.address(),
                    CROWD,
                    List.of(
                            request("GET", "/api/v1/sites", "", ""),
                            request("GET", "/api/v1/nothing", admin, ""),
                            request("POST", "/api/v1/sites", admin, "{\"name\":7}"),
                            request("PATCH", "/api/v1/backends/none", admin, "{\"loadFactor\":5}"),
                            request("PUT", "/api/v1/sites", admin, "{}"),
                            request("POST", "/api/v1/tags", admin, "{\"name\":\"" + "a".repeat(70_000) + "\"}"),
                            request("GET", "/api/v1/settings", admin, "")),
                    PATIENCE);

            // Whether a backend is there GeoDB knows, which may be too slow where it shares two cores with the crowd.
            Map<Integer, Integer> backends = requireNonNull(statuses.remove(3));
            assertThat(backends).containsKey(404);
            assertThat(backends.keySet()).isSubsetOf(404, 503);
            assertThat(statuses)
                    .extractingFromEntries(
                            entry -> entry.getKey() + " " + entry.getValue().keySet())
                    .containsExactly("0 [401]", "1 [404]", "2 [400]", "4 [405]", "5 [413]", "6 [200]");
            assertThat(controller.ask(admin, "GET", "/api/v1/audit?limit=1", "").body())
                    .isEqualTo(newest);
            assertThat(controller.printed()).doesNotContain("OutOfMemory", "ERROR");
        }
    }

    private static String request(String method, String path, String token, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                + (body.isEmpty() ? "" : "Content-Type: application/json\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void settings_that_would_let_tokens_be_read_on_the_way_stop_the_start() throws Exception {
        CassandraConfig geoDb = SharedCassandra.absentKeyspace("controllers");
        try (RunningController controller =
                RunningController.start(folder, geoDb, Map.of("CONTROLLER_LISTEN", "*:0"))) {
            assertThat(controller.awaitEnd()).isEqualTo(78);
            assertThat(controller.printed()).contains("CONTROLLER_LISTEN = *:0", "CONTROLLER_TLS_CERT_FILE");
        }
    }
}
