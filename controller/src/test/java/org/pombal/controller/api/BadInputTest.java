package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;

@Timeout(120)
class BadInputTest {

    private static final TestController CONTROLLER = TestController.start();

    @AfterAll
    static void stop() {
        CONTROLLER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /api/v1/sites | {} | name",
                "POST | /api/v1/sites | {\"name\":null} | name",
                "POST | /api/v1/sites | {\"name\":\"\"} | name",
                "POST | /api/v1/sites | {\"name\":7} | name: must be a text",
                "POST | /api/v1/sites | {\"name\":[\"a\"]} | name: must be a text",
                "POST | /api/v1/sites | {\"name\":{}} | name: must be a text",
                "POST | /api/v1/sites | {\"name\":true} | name: must be a text",
                "POST | /api/v1/sites | {\"name\":\"a\",\"nmae\":\"b\"} | unknown field 'nmae'; there are: id, loadBalancer, name, tag",
                "POST | /api/v1/sites | {\"name\":\"a\",\"name\":\"b\"} | Duplicate",
                "POST | /api/v1/sites | {\"name\":\"a\",\"id\":\"b\"} | id",
                "POST | /api/v1/sites | {\"name\":\"a\"} {} | nothing after it",
                "POST | /api/v1/sites | {\"name\" | not JSON: Unexpected end-of-input",
                "POST | /api/v1/sites | [] | one JSON object",
                "POST | /api/v1/sites | null | body",
                "POST | /api/v1/tags | {\"name\":\"  \"} | blank",
                "POST | /api/v1/backends | {\"site\":\"lisbon\"} | host",
                "POST | /api/v1/backends | {\"site\":\"lisbon\",\"host\":\"a b\"} | host name",
                "PATCH | /api/v1/sites/lisbon | {} | nothing is to be changed",
                "PATCH | /api/v1/sites/lisbon | {\"status\":\"on\"} | online, offline, standby, evacuate",
                "PATCH | /api/v1/backends/b1 | {\"loadFactor\":101} | 0 to 100",
                "PATCH | /api/v1/backends/b1 | {\"loadFactor\":-1} | 0 to 100",
                "PATCH | /api/v1/backends/b1 | {\"loadFactor\":1.5} | loadFactor: must be a whole number",
                "PATCH | /api/v1/backends/b1 | {\"loadFactor\":\"5\"} | loadFactor: must be a whole number",
                "PATCH | /api/v1/backends/b1 | {\"loadFactor\":99999999999} | loadFactor: must be a whole number",
                "PATCH | /api/v1/backends/192.0.2.7 | {\"loadFactor\":5} | IP address",
                "PUT | /api/v1/sites/lisbon/features/metrics | {\"state\":\"ON\"} | off, dryrun, on",
                "PUT | /api/v1/sites/lisbon/features/nothing | {\"state\":\"on\"} | is not a feature",
                "POST | /api/v1/tokens | {\"name\":\"a\",\"role\":\"root\"} | viewer, operator, admin",
                "POST | /api/v1/tokens | {\"name\":\"a\",\"role\":\"admin\",\"days\":0} | days",
                "POST | /api/v1/tokens | {\"name\":\"a\",\"role\":\"admin\",\"days\":99999} | days",
                "POST | /api/v1/tokens | {\"name\":\"<b>\",\"role\":\"admin\"} | name",
                "POST | /api/v1/sites/lisbon/init | {\"count\":0} | count",
            })
    void aBodyThatIsWrongIsRefusedNamingWhatIs(String method, String path, String body, String named) {
        Answer answer = CONTROLLER.ask(CONTROLLER.admin(), method, path, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.detail())
                .containsIgnoringCase(named)
                .doesNotContain("org.pombal")
                .doesNotContain("Exception")
                .doesNotContain("Source");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/audit?limit=0",
                "/api/v1/audit?limit=1001",
                "/api/v1/audit?limit=x",
                "/api/v1/audit?cursor=x",
                "/api/v1/audit?target=%20",
                "/api/v1/sites/lisbon/groups?moving=perhaps",
                "/api/v1/sites/lisbon/groups?backend=a..b",
                "/api/v1/users?limit=-1",
                "/api/v1/users?limit=1&limit=2",
                "/api/v1/users?prefx=a",
                "/api/v1/users/%00",
            })
    void aQueryThatIsWrongIsRefused(String path) {
        Answer answer = CONTROLLER.get(path);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.detail()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sites/nowhere",
                "/api/v1/backends/nowhere",
                "/api/v1/users/nobody",
                "/api/v1/sites/lisbon/groups/none",
                "/api/v1/nothing",
                "/nothing",
                "/api/v1/docs/nothing",
                "/api/v1/docs/..%2f..%2fbuild.properties",
                "/api/v1/docs/%2e%2e/%2e%2e/build.properties",
                "/api/v1/sites/%2e%2e%2ftokens",
            })
    void whatDoesNotExistIsNotFound(String path) {
        Answer answer = CONTROLLER.get(path);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(404);
        assertThat(answer.detail()).doesNotContain("Exception");
    }

    /** What was only to be rehearsed, or was to be forced, must not be taken for something else because of a slip. */
    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/backends/b1/evacuation?dryrun=true, dryRun",
        "POST, /api/v1/backends/b1/evacuation?dryRun=yes, neither true nor false",
        "POST, /api/v1/backends/b1/evacuation?dryRun=, neither true nor false",
        "DELETE, /api/v1/backends/b1?forced=true, force",
        "DELETE, /api/v1/sites/lisbon?force=1, neither true nor false",
        "DELETE, /api/v1/tags/gold?force=TRUE, neither true nor false",
    })
    void aFlagThatIsWrongIsRefused(String method, String path, String named) {
        Answer answer = CONTROLLER.ask(CONTROLLER.admin(), method, path, "");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.detail()).contains(named);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        Answer answer = CONTROLLER.post("/api/v1/sites", "{\"name\":\"" + "a".repeat(100_000) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(CONTROLLER
                        .post("/api/v1/sites", "{\"name\":\"" + "a".repeat(1000) + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        Answer answer = CONTROLLER.ask(CONTROLLER.admin(), "POST", "/api/v1/sites", "", "Content-Type", "text/xml");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.detail()).isNotEmpty();
    }

    @Test
    void linesThatAreNoHttpEndTheConnectionAndNothingElse() throws IOException {
        for (String line : List.of(
                "\0\1\2\r\n\r\n", "GET\r\n\r\n", "GET /nothing HTTP/9.9\r\n\r\n", "a".repeat(20_000) + "\r\n")) {
            try (Socket socket = new Socket("127.0.0.1", CONTROLLER.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String answer = reader.readLine();
                assertThat(answer == null || answer.matches("HTTP/[0-9.]+ [45].*"))
                        .as(answer)
                        .isTrue();
            }
        }
        assertThat(CONTROLLER.get("/api/v1/sites").status()).isEqualTo(200);
    }
}
