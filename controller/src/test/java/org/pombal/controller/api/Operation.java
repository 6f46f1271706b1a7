package org.pombal.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that the API's description says can be asked for.
 *
 * @param method in capitals
 * @param path with its variables in braces
 */
record Operation(String method, String path, JsonNode node) {

    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** All that a description has. */
    static List<Operation> of(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .map(entry -> new Operation(entry.getKey().toUpperCase(Locale.ROOT), path.getKey(), entry.getValue()))
                .filter(operation -> METHODS.contains(operation.method()))
                .forEach(operations::add));
        return operations;
    }

    /** The path with something in place of its variables. */
    String with(String variable) {
        return path.replaceAll("\\{[a-z]+}", variable);
    }

    boolean reads() {
        return method.equals("GET");
    }

    /** It answers until whoever asks has enough. */
    boolean isEndless() {
        return path.equals("/api/v1/events");
    }

    /** What its body is to be; missing if it has none. */
    JsonNode bodySchema() {
        return node.at("/requestBody/content/application~1json/schema");
    }

    /** The role that it says it needs; empty if none. */
    String role() {
        String[] parts = node.path("description").asText().split("Needs the role ", 2);
        return parts.length == 1 ? "" : parts[1].replace(".", "");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
