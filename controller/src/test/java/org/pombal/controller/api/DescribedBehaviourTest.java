package org.pombal.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/** Requests made up from the API's description, and their answers compared with it. */
@Timeout(120)
class DescribedBehaviourTest {

    private static final int ROUNDS = 40;

    private final long seed = new Random().nextLong();
    private final TestController controller = TestController.start();
    private final JsonNode document =
            controller.ask("", "GET", "/api/v1/openapi.json", "").json();
    private final MadeUp madeUp = new MadeUp(document, new Random(seed));
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    @BeforeEach
    void aSiteWithBackendsGroupsAndUsers() {
        controller.post("/api/v1/tags", "{\"name\":\"gold\"}");
        controller.post("/api/v1/sites", "{\"name\":\"porto\"}");
        for (String host : List.of("b1.example.org", "b2.example.org")) {
            controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"" + host + "\"}");
            controller.patch("/api/v1/backends/" + host, "{\"status\":\"online\"}");
        }
        assertThat(controller.post("/api/v1/sites/lisbon/init", "{\"count\":5}").status())
                .isEqualTo(200);
        Site lisbon = get(controller.geoDb().sites().list()).stream()
                .filter(site -> site.name().equals("lisbon"))
                .findFirst()
                .orElseThrow();
        for (String user : List.of("ana", "rui")) {
            get(controller
                    .geoDb()
                    .users()
                    .createIfAbsent(User.firstSeen(new UserKey(user), new GroupId(lisbon.id(), "default-1"))));
        }
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private List<Operation> operations() {
        return Operation.of(document).stream()
                .filter(operation -> !operation.isEndless())
                .toList();
    }

    private String target(Operation operation) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.node().path("parameters")) {
            String name = parameter.get("name").asText();
            String value = URLEncoder.encode(madeUp.value(parameter), UTF_8).replace("+", "%20");
            if (parameter.get("in").asText().equals("path")) {
                path = path.replace("{" + name + "}", value.isEmpty() ? "x" : value);
            } else if (parameter.get("in").asText().equals("query") && !name.equals("cursor") && madeUp.sometimes()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
        return path + query;
    }

    private Answer ask(Operation operation, String target, String body) {
        return controller.ask(controller.admin(), operation.method(), target, body);
    }

    @Test
    void whatIsAskedAsDescribedIsAnsweredAsDescribed() {
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (Operation operation : operations()) {
                String target = target(operation);
                String body = operation.bodySchema().isMissingNode()
                        ? ""
                        : madeUp.body(operation.bodySchema()).toString();
                Answer answer = ask(operation, target, body);
                String what = "seed " + seed + ": " + operation.method() + " " + target + " " + body + " -> "
                        + answer.status() + " " + answer.response().body();
                assertThat(answer.status()).as(what).isLessThan(500);
                assertThat(deviations(operation, answer)).as(what).isEmpty();
                done += answer.status() < 300 ? 1 : 0;
            }
        }
        assertThat(done).as("seed %s: how many requests did something", seed).isGreaterThan(ROUNDS * 5);
    }

    /** Not 404 or 409 either: such a body is refused before anybody looks what it is about. */
    @Test
    void aBodyThatIsNotAsDescribedIsRefusedAndChangesNothing() {
        String newest = newestAuditEntry();
        for (int round = 0; round < ROUNDS; round++) {
            for (Operation operation : operations()) {
                if (!operation.bodySchema().isMissingNode()) {
                    String target = operation.with("x");
                    String body = madeUp.broken(operation.bodySchema()).toString();
                    Answer answer = ask(operation, target, body);
                    String what = "seed " + seed + ": " + operation.method() + " " + target + " " + body;
                    assertThat(answer.status()).as(what).isEqualTo(400);
                    assertThat(answer.detail()).as(what).doesNotContain("Exception", "org.pombal", "java.");
                }
            }
        }
        assertThat(newestAuditEntry()).isEqualTo(newest);
    }

    private String newestAuditEntry() {
        return controller.get("/api/v1/audit?limit=1").json().at("/items/0/id").asText();
    }

    private List<String> deviations(Operation operation, Answer answer) {
        JsonNode responses = operation.node().get("responses");
        String code = String.valueOf(answer.status());
        if (answer.status() < 300 && !responses.has(code)) {
            return List.of("status " + code + " is not described");
        }
        JsonNode content =
                responses.path(responses.has(code) ? code : "default").path("content");
        String type = answer.response().headers().firstValue("Content-Type").orElse("none");
        Optional<String> described = content.properties().stream()
                .map(entry -> entry.getKey())
                .filter(known -> type.split(";", 2)[0].equals(known.split(";", 2)[0]))
                .findFirst();
        if (described.isEmpty()) {
            return List.of("content of type " + type + " is not described");
        }
        return described.get().endsWith("json")
                ? violations(content.get(described.get()).get("schema"), answer.json())
                : List.of();
    }

    private List<String> violations(JsonNode schema, JsonNode body) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.setAll((ObjectNode) schema.deepCopy());
        whole.set("components", closed(document.get("components").deepCopy()));
        Set<ValidationMessage> messages = schemas.getSchema(whole).validate(body);
        return messages.stream().map(ValidationMessage::getMessage).toList();
    }

    /** Answers may come to have more fields one day; until then a field that is not described is a mistake. */
    private static JsonNode closed(JsonNode components) {
        components.get("schemas").forEach(schema -> {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        return components;
    }
}
