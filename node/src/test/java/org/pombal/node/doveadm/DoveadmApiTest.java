package org.pombal.node.doveadm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.doveadm.ApiFixture.base64;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.geodb.memory.Fault;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;
import org.pombal.node.TestCluster;

@Timeout(60)
class DoveadmApiTest {

    @TempDir
    Path folder;

    private ApiFixture api;

    @BeforeEach
    void start() throws IOException {
        api = new ApiFixture(Optional.empty());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void aUser(String name) {
        Backend backend = api.geo.online("b-of-" + name);
        UserGroup group = UserGroup.placed(new GroupId(api.geo.here.id(), "g-" + name), backend.id(), Optional.empty());
        TestCluster.applied(api.geo.geoDb.groups().createIfAbsent(group));
        TestCluster.applied(api.geo.geoDb.users().createIfAbsent(User.firstSeen(new UserKey(name), group.id())));
    }

    @Test
    void anAnswerIsThatOfDoveadm() {
        HttpResponse<String> answer = api.post("[[\"clusterSiteList\",{},\"tag 1\"]]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(answer.headers().firstValue("content-length")).isPresent();
        assertThat(answer.headers().firstValue("connection")).contains("close");
        assertThat(answer.body())
                .isEqualTo("[[\"doveadmResponse\",[{\"name\":\"here\",\"id\":\"" + api.geo.here.id()
                        + "\",\"status\":\"online\",\"tag\":\"\",\"load-balancer\":\"\",\"groups\":0}],\"tag 1\"]]");
    }

    @Test
    void severalCommandsAreAnsweredInOrderAndNoneByAnEmptyArray() {
        assertThat(api.post("[[\"clusterTagList\",{},\"a\"],[\"no such\",{},\"b\"],[\"cluster tag list\",{},\"c\"]]")
                        .body())
                .isEqualTo("[[\"doveadmResponse\",[],\"a\"],"
                        + "[\"error\",{\"type\":\"unknownMethod\", \"exitCode\":0, \"message\":\"there is no command 'no such' of"
                        + " the cluster; a command of Dovecot's is passed on if it names one user\"},\"b\"],"
                        + "[\"doveadmResponse\",[],\"c\"]]");
        assertThat(api.post("[]").body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "garbage | JSON parse error",
                "[[\"clusterTagList\",{},\"a\"] | JSON parse error",
                " | JSON parse error",
                "{} | Request must be a JSON array",
                "[1] | Command must be a JSON array",
                "[[1,{},\"a\"]] | Command name must be a string",
                "[[\"clusterTagList\",[],\"a\"]] | Parameters must be contained in a JSON object",
                "[[\"clusterTagList\",{},1]] | Command ID must be a string",
                "[[\"clusterTagList\",{}]] | Command ID must be a string",
                "[[\"clusterTagList\",{},\"a\",1]] | Unexpected JSON element at end of command",
                "[] [] | Unexpected JSON element in input",
                "[[\"clusterSiteStatus\",{\"name\":\"a\",\"name\":\"b\"},\"a\"]] | Parameter `name' is duplicated",
                "[[\"clusterSiteStatus\",{\"name\":{}},\"a\"]] | Parameter `name' must be string or array",
            })
    void whatIsNoRequestIsRefusedWithReason(String body, String message) {
        HttpResponse<String> answer = api.post(body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(answer.body()).startsWith(message);
    }

    @Test
    void nothingOfABrokenRequestIsCarriedOut() {
        api.post("[[\"clusterTagCreate\",{\"name\":\"gold\"},\"a\"],garbage]");

        assertThat(api.call("clusterTagList", "{}")).isEqualTo("[[\"doveadmResponse\",[],\"t\"]]");
    }

    @Test
    void wrongParametersAreAnInvalidRequestThatSaysWhatIsWrong() {
        assertThat(api.call("clusterSiteStatus", "{\"nmae\":\"here\"}"))
                .startsWith("[[\"error\",{\"type\":\"invalidRequest\", \"exitCode\":0, \"message\":\"")
                .contains("cluster site status", "nmae", "name is missing")
                .endsWith("},\"t\"]]");
        assertThat(api.call("clusterBackendUpdate", "{\"host\":\"b1\",\"loadFactor\":101}"))
                .contains("invalidRequest", "0 to 100");
        assertThat(api.call("clusterBackendAdd", "{\"host\":\"10.0.0.1\"}"))
                .contains("invalidRequest", "not an IP address");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "clusterSiteStatus, {'name':'faro'}, 68",
                "clusterBackendStatus, {'host':'b9'}, 68",
                "clusterGroupStatus, {'site':'here';'group':'g'}, 68",
                "clusterUserStatus, {'user':'nobody'}, 67",
                "clusterUserAccess, {'user':'nobody'}, 67",
                "clusterBackendAdd, {'host':'nowhere'}, 65",
                "clusterBackendAdd, {'self':true}, 78",
                "clusterGroupAccess, {'group':'g'}, 65",
                "clusterKick, {'user':'nobody'}, 67",
                "clusterProxyRemove, {'proxy':'p1'}, 68",
                "clusterLocaldbUserStatus, {'user':'nobody'}, 67",
                "clusterLocaldbGroupStatus, {'site':'here';'group':'g'}, 68",
            })
    void failuresHaveExitCodesAndSayWhy(String command, String parameters, int exitCode) {
        assertThat(api.call(command, parameters.replace('\'', '"').replace(';', ',')))
                .startsWith("[[\"error\",{\"type\":\"exitCode\", \"exitCode\":" + exitCode + ", \"message\":\"")
                .endsWith("\"},\"t\"]]");
    }

    @Test
    void whenGeoDbIsAwayTheExitCodeIsTemporaryFailure() {
        api.geo.fault = new Fault.Unavailable();

        assertThat(api.call("clusterSiteList", "{}")).contains("\"exitCode\":75", "GeoDB does not answer");
        assertThat(api.call("clusterTagCreate", "{\"name\":\"gold\"}"))
                .contains("\"exitCode\":75", "nothing was changed");
    }

    @Test
    void keyAndPasswordOpenAndNothingElseDoes() {
        assertThat(status("X-Dovecot-API " + base64(ApiFixture.KEY))).isEqualTo(200);
        assertThat(status("x-dovecot-api " + base64(ApiFixture.KEY))).isEqualTo(200);
        assertThat(status("Basic " + base64("doveadm:" + ApiFixture.PASSWORD))).isEqualTo(200);
        assertThat(status("Basic " + base64("root:" + ApiFixture.PASSWORD))).isEqualTo(401);
        assertThat(status("Basic " + base64("doveadm:" + ApiFixture.KEY))).isEqualTo(401);
        assertThat(status("X-Dovecot-API " + base64(ApiFixture.PASSWORD))).isEqualTo(401);
        assertThat(status("X-Dovecot-API")).isEqualTo(401);
        assertThat(status("Bearer x")).isEqualTo(401);

        HttpResponse<String> none =
                api.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/doveadm/v1"))
                        .POST(HttpRequest.BodyPublishers.ofString("[]"))
                        .build());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().allValues("www-authenticate"))
                .containsExactly("X-Dovecot-API", "Basic Realm=\"doveadm\"");
        assertThat(none.body()).isEmpty();
    }

    private int status(String authorization) {
        return api.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/doveadm/v1"))
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.ofString("[]"))
                        .build())
                .statusCode();
    }

    @Test
    void otherPathsAreNotFoundAndTheCommandsAreListed() {
        assertThat(api.send(api.request("/nowhere").build()).statusCode()).isEqualTo(404);
        assertThat(api.send(api.request("/")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.send(api.request("/").build()).body()).contains("\"path\":\"/doveadm/v1\"");
        assertThat(api.send(api.request("/doveadm/v1").build()).body())
                .startsWith(
                        "[\n\t{\"command\":\"clusterBackendAdd\", \"parameters\":[\n\t\t{\"name\":\"self\",\"type\":\"boolean\"},\n")
                .contains("{\"name\":\"loadFactor\",\"type\":\"integer\"}")
                .endsWith("]}\n]");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        String head = "POST /doveadm/v1 HTTP/1.1\r\nHost: x\r\nAuthorization: X-Dovecot-API " + base64(ApiFixture.KEY)
                + "\r\nContent-Length: 99999999999\r\n\r\n";
        assertThat(raw(head)).startsWith("HTTP/1.1 413");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aCallerWhoDoesNotSendIsCutOff() throws IOException {
        try (ApiFixture impatient = new ApiFixture(Optional.empty(), new ApiFixture.NoDoveadms(), 1, 60);
                Socket socket = new Socket("127.0.0.1", impatient.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("POST /doveadm/v1 HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aLongListComesInChunksAndWhole() {
        aUser("first");
        GroupId group = new GroupId(api.geo.here.id(), "g-first");
        for (int i = 0; i < 3000; i++) {
            TestCluster.applied(api.geo
                    .geoDb
                    .users()
                    .createIfAbsent(User.firstSeen(new UserKey("user-with-a-long-name-" + i), group)));
        }

        HttpResponse<String> answer = api.post("[[\"clusterUserList\",{\"mask\":\"*\"},\"t\"]]");

        assertThat(answer.headers().firstValue("transfer-encoding")).contains("chunked");
        assertThat(answer.body().split("\\{\"user\"", -1)).hasSize(3002);
        assertThat(answer.body()).endsWith("}],\"t\"]]").doesNotContain("}{").doesNotContain(",,");
    }

    @Test
    void aCallerWhoReadsSlowlyGetsEverythingAndHoldsUpOnlyItself() throws Exception {
        aUser("first");
        GroupId group = new GroupId(api.geo.here.id(), "g-first");
        for (int i = 0; i < 20_000; i++) {
            TestCluster.applied(
                    api.geo.geoDb.users().createIfAbsent(User.firstSeen(new UserKey("u".repeat(400) + i), group)));
        }
        int before = api.geo.requests.get();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(8192);
            socket.connect(new InetSocketAddress("127.0.0.1", api.port()));
            socket.setSoTimeout(20_000);
            String body = "[[\"clusterUserList\",{\"mask\":\"*\"},\"t\"]]";
            socket.getOutputStream()
                    .write(("POST /doveadm/v1 HTTP/1.1\r\nHost: x\r\nAuthorization: X-Dovecot-API "
                                    + base64(ApiFixture.KEY) + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            // While nothing is read, the listing stands still, and others are served.
            assertThat(api.call("clusterTagList", "{}")).contains("doveadmResponse");
            assertThat(api.geo.requests.get() - before).isLessThan(35);

            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer.split("\\{\"user\"", -1)).hasSize(20_002);
        }
    }

    @Test
    void aFailureAmongManyUsersIsARowAndTheOthersAreAnswered() {
        aUser("alice");

        assertThat(api.call("clusterUserAccess", "{\"userFile\":\"alice\\nnobody\\nalice\"}"))
                .isEqualTo("[[\"doveadmResponse\",[{\"user\":\"alice\",\"backend\":\"b-of-alice\"},"
                        + "{\"error\":\"GeoDB knows no user 'nobody'; a user is written down at the first login\",\"exitCode\":67},"
                        + "{\"user\":\"alice\",\"backend\":\"b-of-alice\"}],\"t\"]]");
        assertThat(api.call("clusterUserAccess", "{\"user\":\"alice\",\"ip\":true}"))
                .contains("\"backend\":\"10.0.0.7\"");
        assertThat(api.call("clusterUserAccess", "{\"allUsers\":true}"))
                .contains("\"exitCode\":75", "/nonexistent/auth-userdb");
    }

    @Test
    void userStatusTellsWhatEachLayerBelieves() {
        aUser("alice");
        GroupId home = new GroupId(api.geo.here.id(), "g-alice");
        api.memory.users.put(new UserKey("alice"), home);

        assertThat(api.call("clusterUserStatus", "{\"user\":\"alice\"}"))
                .contains("\"why\":\"home is group g-alice of site here, since the first login")
                .contains("\"geodb\":\"here/g-alice on b-of-alice\"")
                .contains("\"localdb\":\"here/g-alice\"");
        assertThat(api.call("clusterLocaldbUserStatus", "{\"user\":\"alice\"}")).contains("\"age\":3");
        assertThat(api.call("clusterLocaldbUserRemove", "{\"user\":\"alice\"}")).contains("\"user\":\"alice\"");
        assertThat(api.call("clusterUserStatus", "{\"user\":\"alice\"}")).contains("\"localdb\":\"\"");
    }

    @Test
    void commandsOfDovecotsNeedAUserAndAKeyForBackends() {
        aUser("alice");

        assertThat(api.call("mailboxStatus", "{\"user\":\"alice\",\"field\":[\"all\"]}"))
                .contains("\"exitCode\":78", "cluster_backend_doveadm_key");
        assertThat(api.call("mailboxStatus", "{\"user\":\"nobody\"}")).contains("\"exitCode\":67");
        assertThat(api.call("mailboxStatus", "{}")).contains("unknownMethod");
        assertThat(api.call("clusterNoSuch", "{\"user\":\"alice\"}")).contains("unknownMethod");
    }

    @Test
    void aUnixSocketAsksForNoKeyIsForItsOwnerOnlyAndReplacesWhatWasLeftThere() throws Exception {
        Path path = folder.resolve("pombal/doveadm.sock");
        Files.createDirectory(folder.resolve("pombal"));
        Files.writeString(path, "left over");
        DoveadmServer unix = DoveadmServer.onSocket(path, api.sockets(30, 60), api.execution);
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(overSocket(path, "[[\"clusterTagList\",{},\"t\"]]"))
                    .endsWith("[[\"doveadmResponse\",[],\"t\"]]");
        } finally {
            unix.stop();
        }
        assertThat(path).doesNotExist();
    }

    private static String overSocket(Path path, String body) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(("POST /doveadm/v1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
