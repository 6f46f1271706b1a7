package org.pombal.controller.api;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;

/** Every operation that the API's description has, asked for in ways that are wrong. */
@Timeout(120)
class EveryOperationTest {

    private static final TestController CONTROLLER = TestController.start();
    private static final Set<String> PUBLIC = Set.of("/api/v1/health");

    /** Whoever is in may leave. */
    private static final String LOGOUT = "/api/v1/logout";

    /** They need no role. */
    private static final Set<String> ANYBODY = Set.of("/api/v1/health", "/api/v1/me", LOGOUT);

    /** Each may what those before it may. */
    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

    private static final long SEED = 4711;

    @AfterAll
    static void stop() {
        CONTROLLER.close();
    }

    private static List<Operation> operations() {
        return Operation.of(
                CONTROLLER.ask("", "GET", "/api/v1/openapi.json", "").json());
    }

    @Test
    void nothingButTheHealthIsAnsweredWithoutAToken() {
        for (Operation operation : operations()) {
            int status = CONTROLLER
                    .ask("", operation.method(), operation.with("x"), "")
                    .status();
            assertThat(status).as(operation.toString()).isEqualTo(PUBLIC.contains(operation.path()) ? 200 : 401);
        }
    }

    /** Of each operation the description says which role it needs, and that is what the API asks for. */
    @Test
    void whoHasTooLittleOfARoleIsRefused() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String role : ROLES) {
            tokens.put(role, CONTROLLER.token("a " + role, role));
        }
        String newest = newestAuditEntry();
        for (Operation operation : operations()) {
            int needed = ROLES.indexOf(operation.role());
            assertThat(needed >= 0 || ANYBODY.contains(operation.path()))
                    .as(operation.toString())
                    .isTrue();
            assertThat(operation.reads() || operation.path().equals(LOGOUT) || needed > 0)
                    .as("%s changes something", operation)
                    .isTrue();
            for (String role : ROLES.subList(0, Math.max(0, needed))) {
                assertThat(status(requireNonNull(tokens.get(role)), operation, "{}"))
                        .as("%s by a %s", operation, role)
                        .isEqualTo(403);
            }
            if (operation.reads() && needed >= 0 && !operation.isEndless()) {
                assertThat(status(requireNonNull(tokens.get(operation.role())), operation, ""))
                        .as("%s by a %s", operation, operation.role())
                        .isNotIn(401, 403);
            }
        }
        assertThat(newestAuditEntry()).isEqualTo(newest);
    }

    @Test
    void aMethodThatAResourceDoesNotHaveIsNotAllowed() {
        Map<String, Set<String>> known =
                operations().stream().collect(groupingBy(Operation::path, mapping(Operation::method, toSet())));
        known.forEach((path, methods) -> Operation.METHODS.stream()
                .filter(method -> !methods.contains(method))
                .forEach(method -> {
                    Answer answer = CONTROLLER.ask(CONTROLLER.admin(), method, path.replaceAll("\\{[a-z]+}", "x"), "");
                    String what = method + " " + path + ": " + answer.detail();
                    assertThat(answer.status()).as(what).isEqualTo(405);
                    assertThat(answer.detail()).contains(method);
                    assertThat(answer.response().headers().firstValue("Allow"))
                            .as(what)
                            .hasValueSatisfying(
                                    allowed -> assertThat(allowed.split(", ?")).containsAll(methods));
                }));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWherever() {
        String large = "{\"name\":\"" + "a".repeat(100_000) + "\"}";
        for (Operation operation : operations()) {
            if (!operation.bodySchema().isMissingNode()) {
                assertThat(status(CONTROLLER.admin(), operation, large))
                        .as(operation.toString())
                        .isEqualTo(413);
            }
        }
    }

    /** 400 where there can be no such thing, 404 where there is none. */
    @Test
    void whatDoesNotExistIsNeitherShownNorRemoved() {
        String newest = newestAuditEntry();
        for (Operation operation : operations()) {
            if (operation.path().contains("{") && List.of("GET", "DELETE").contains(operation.method())) {
                Answer answer = CONTROLLER.ask(CONTROLLER.admin(), operation.method(), operation.with("nobody"), "");
                assertThat(answer.status())
                        .as(operation + ": " + answer.response().body())
                        .isIn(400, 404);
                assertThat(answer.detail()).as(operation.toString()).isNotEmpty();
            }
        }
        assertThat(resultsAfter(newest)).as("some are written down").containsOnly("refused");
    }

    private static int status(String token, Operation operation, String body) {
        return CONTROLLER
                .ask(token, operation.method(), operation.with("x"), body)
                .status();
    }

    /** What came of the changes that were tried after that one. */
    private static List<String> resultsAfter(String entry) {
        List<String> results = new ArrayList<>();
        for (JsonNode item : CONTROLLER.get("/api/v1/audit?limit=1000").json().get("items")) {
            if (item.get("id").asText().equals(entry)) {
                return results;
            }
            results.add(item.get("result").asText());
        }
        throw new AssertionError("there is no entry " + entry);
    }

    private static String newestAuditEntry() {
        return CONTROLLER.get("/api/v1/audit?limit=1").json().at("/items/0/id").asText();
    }

    /** Else somebody who relies on it would change what he has not seen. */
    @Test
    void whereIfMatchWouldNotBeHeededItIsRefused() {
        List<Operation> unconditional = operations().stream()
                .filter(operation -> !operation.reads())
                .filter(operation -> !operation
                        .node()
                        .path("parameters")
                        .findValuesAsText("name")
                        .contains("If-Match"))
                .toList();
        assertThat(unconditional).isNotEmpty();
        for (Operation operation : unconditional) {
            Answer answer = CONTROLLER.ask(
                    CONTROLLER.admin(), operation.method(), operation.with("x"), "{}", "If-Match", "\"1\"");
            assertThat(answer.status()).as(operation.toString()).isEqualTo(400);
            assertThat(answer.detail()).as(operation.toString()).startsWith("If-Match: ");
        }
    }

    /** Requests made up at random from the document: whatever they are, they are answered, and never by a fault of ours. */
    @Test
    void whateverIsAskedIsAnsweredWithoutAFault() {
        Random random = new Random(SEED);
        List<String> values = List.of(
                "x",
                "%20",
                "%F0%9F%90%A6",
                "a".repeat(300),
                "..%2f",
                "0",
                "-1",
                "null",
                "%22%3E%3Cscript%3E",
                "*",
                "d9428888-122b-11e1-b85c-61cd3cbb3210");
        List<String> bodies = List.of(
                "{}",
                "[]",
                "null",
                "\"x\"",
                "17",
                "{\"name\":{}}",
                "{\"name\":\"\\u0000\"}",
                "{\"state\":\"on\"}",
                "{\"site\":\"x\",\"host\":\"x\"}",
                "{\"backend\":\"x\"}",
                "{\"group\":\"x\"}",
                "{\"count\":1e99}",
                "{\"loadFactor\":true}",
                "{\"status\":\"online\"}",
                "{".repeat(500));
        for (int round = 0; round < 20; round++) {
            for (Operation operation : operations()) {
                if (operation.isEndless()) {
                    continue;
                }
                String path = operation.with(values.get(random.nextInt(values.size())))
                        + (random.nextBoolean()
                                ? "?limit=" + values.get(random.nextInt(values.size())) + "&cursor="
                                        + values.get(random.nextInt(values.size())) + "&force=false"
                                : "");
                String body = operation.reads() ? "" : bodies.get(random.nextInt(bodies.size()));
                Answer answer = CONTROLLER.ask(CONTROLLER.admin(), operation.method(), path, body);
                assertThat(answer.status())
                        .as(
                                "seed %s: %s %s %s: %s",
                                SEED,
                                operation.method(),
                                path,
                                body,
                                answer.response().body())
                        .isBetween(200, 499);
                assertThat(answer.response().body()).doesNotContain("Exception").doesNotContain("org.pombal");
            }
        }
    }
}
