package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.controller.TestController;

/** The API's description: that it is whole, valid and says what it should. {@link EveryOperationTest} compares it with the API. */
@Timeout(120)
class DescriptionTest {

    private static final TestController CONTROLLER = TestController.start();
    private final JsonNode document =
            CONTROLLER.ask("", "GET", "/api/v1/openapi.json", "").json();

    @AfterAll
    static void stop() {
        CONTROLLER.close();
    }

    private List<Operation> operations() {
        return Operation.of(document);
    }

    @Test
    void itIsOpenApi31AndKnowsEveryResource() {
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
        assertThat(operations())
                .extracting(Operation::path)
                .contains(
                        "/api/v1/sites",
                        "/api/v1/tags",
                        "/api/v1/backends/{host}/evacuation",
                        "/api/v1/sites/{site}/groups/{group}/move",
                        "/api/v1/users",
                        "/api/v1/sites/{site}/features/{feature}",
                        "/api/v1/sites/{site}/nodes",
                        "/api/v1/sites/{site}/proxy-statistics",
                        "/api/v1/settings",
                        "/api/v1/audit",
                        "/api/v1/tokens",
                        "/api/v1/leader",
                        "/api/v1/events",
                        "/api/v1/health");
    }

    @Test
    void itIsValidByTheSchemaOfOpenApi31() {
        assertThat(OpenApiSchema.violations(document)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi, \"3.0.1\"",
        "/info/title, ",
        "/paths/~1api~1v1~1sites/get/responses, []",
        "/paths/~1api~1v1~1sites/get/sumary, \"misspelt\"",
        "/paths/~1api~1v1~1users/get/parameters/0/in, \"body\"",
        "/paths/~1api~1v1~1backends~1{host}/get/parameters/0/required, ",
        "/components/schemas/Backend/type, \"strin\"",
        "/components/schemas/Backend/properties/host/minLength, -1",
        "/components/securitySchemes/token, {\"type\":\"magic\"}"
    })
    void oneThatIsBrokenWouldBeFound(String where, @Nullable String value) throws IOException {
        ObjectNode broken = document.deepCopy();
        JsonPointer place = JsonPointer.compile(where);
        String field = place.last().getMatchingProperty();
        ObjectNode around = (ObjectNode) broken.at(place.head());
        if (value == null) {
            assertThat(around.remove(field)).isNotNull();
        } else {
            around.set(field, new ObjectMapper().readTree(value));
        }
        assertThat(OpenApiSchema.violations(broken)).isNotEmpty();
    }

    @Test
    void everyOperationSaysInASentenceWhatItDoesAndBelongsToAGroup() {
        for (Operation operation : operations()) {
            assertThat(operation.node().path("summary").asText())
                    .as(operation.toString())
                    .endsWith(".");
            assertThat(operation.node().path("tags")).as(operation.toString()).hasSize(1);
            assertThat(operation.node().path("responses").size())
                    .as(operation.toString())
                    .isPositive();
        }
    }

    @Test
    void everyOperationHasANameOfItsOwnAndNoParameterTwice() {
        assertThat(operations())
                .extracting(operation -> operation.node().path("operationId").asText())
                .doesNotHaveDuplicates()
                .contains("listBackend", "moveGroup", "moveUser");
        for (Operation operation : operations()) {
            assertThat(operation.node().path("parameters").findValuesAsText("name"))
                    .as(operation.toString())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void itSaysWhichFieldsMayBeAbsentAndWhichHeadersAreHeeded() {
        assertThat(texts(document.at("/components/schemas/BackendChange/required")))
                .isEmpty();
        assertThat(texts(document.at("/components/schemas/NewBackend/required")))
                .containsExactly("site", "host");
        assertThat(texts(document.at("/components/schemas/Backend/required")))
                .contains("host")
                .doesNotContain("load");
        JsonNode update = document.at("/paths/~1api~1v1~1backends~1{host}/patch");
        assertThat(update.path("parameters").findValuesAsText("name")).contains("If-Match", "X-Pombal-Reason");
        assertThat(update.path("description").asText()).endsWith("Needs the role operator.");
        assertThat(update.at("/responses/default/content").has("application/problem+json"))
                .isTrue();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    /** The web interface's types are made from that file. */
    @Test
    void itIsTheOneThatTheWebInterfaceWasWrittenFor() throws IOException {
        ObjectMapper json = new ObjectMapper();
        Path now = Path.of("target", "openapi.json");
        json.writerWithDefaultPrettyPrinter().writeValue(now.toFile(), document);
        assertThat(json.readTree(Path.of("..", "ui", "openapi.json").toFile()))
                .as("it has changed: cp controller/target/openapi.json ui/openapi.json, and see that the web interface"
                        + " still fits (ui/build.sh checks)")
                .isEqualTo(document);
    }

    @Test
    void everyReferenceInItLeadsSomewhere() {
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty();
        for (String reference : references) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }
}
