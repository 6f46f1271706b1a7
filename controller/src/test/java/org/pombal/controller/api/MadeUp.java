package org.pombal.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests up from the API's description: paths, queries and bodies as it says that they are, and bodies that are not so. */
final class MadeUp {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What may exist, for variables and fields of these names. */
    private static final Map<String, List<String>> KNOWN = Map.of(
            "site", List.of("lisbon", "porto", "nowhere"),
            "host", List.of("b1.example.org", "b2.example.org", "no-such-host.invalid"),
            "backend", List.of("b1.example.org", "b2.example.org", "b3.example.org"),
            "group", List.of("default-1", "default-2", "none"),
            "user", List.of("ana", "rui"),
            "tag", List.of("gold", "silver", ""),
            "feature", List.of("metrics", "load-balancing", "error-mitigation", "autoscaling"),
            "status", List.of("online", "standby", "offline"),
            "state", List.of("off", "dryrun", "on"),
            "role", List.of("viewer", "operator"));

    private static final List<String> STRINGS =
            List.of("x", "ana", "a b", "<script>", "\u00e9t\u00e9", "17", "null", "a".repeat(200), "..", "%");

    private final JsonNode document;
    private final Random random;

    MadeUp(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String text(String name) {
        List<String> known = KNOWN.getOrDefault(name, List.of());
        return known.isEmpty() || random.nextInt(5) == 0 ? any(STRINGS) : any(known);
    }

    /** Something for a variable of the path or a value of the query. */
    String value(JsonNode parameter) {
        return switch (parameter.at("/schema/type").asText()) {
            case "boolean" -> any(List.of("true", "false"));
            case "integer" -> String.valueOf(1 + random.nextInt(1000));
            default -> text(parameter.path("name").asText());
        };
    }

    boolean sometimes() {
        return random.nextBoolean();
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    /** A body as it is described. */
    ObjectNode body(JsonNode schema) {
        JsonNode known = resolved(schema);
        ObjectNode body = JSON.objectNode();
        List<String> required = new ArrayList<>();
        known.path("required").forEach(name -> required.add(name.asText()));
        known.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || random.nextBoolean()) {
                body.set(property.getKey(), field(property.getKey(), resolved(property.getValue())));
            }
        });
        return body;
    }

    private JsonNode field(String name, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "integer" -> JSON.numberNode(random.nextInt(120));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.textNode(text(name));
        };
    }

    /** A body that is not as it is described: a field too much, one too few, one of another type, or no object at all. */
    JsonNode broken(JsonNode schema) {
        ObjectNode body = body(schema);
        JsonNode known = resolved(schema);
        List<String> names = new ArrayList<>();
        known.path("properties").fieldNames().forEachRemaining(names::add);
        switch (random.nextInt(4)) {
            case 0 -> body.put("unknown" + random.nextInt(100), 1);
            case 1 ->
                body.set(
                        any(names),
                        any(List.of(JSON.objectNode(), JSON.arrayNode().add(JSON.arrayNode()), JSON.numberNode(1.5))));
            case 2 -> {
                if (known.path("required").isEmpty()) {
                    return JSON.arrayNode();
                }
                String missing = known.path("required").get(0).asText();
                if (random.nextBoolean()) {
                    body.remove(missing);
                } else {
                    body.putNull(missing);
                }
            }
            default -> {
                return any(List.of(JSON.textNode("x"), JSON.numberNode(7), array(body), JSON.booleanNode(true)));
            }
        }
        return body;
    }

    private static ArrayNode array(JsonNode of) {
        return JSON.arrayNode().add(of);
    }
}
