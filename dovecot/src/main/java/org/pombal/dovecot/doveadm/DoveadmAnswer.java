package org.pombal.dovecot.doveadm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What doveadm answered to one command. */
public sealed interface DoveadmAnswer {

    /** It was carried out; values as text. */
    record Rows(List<Map<String, String>> rows) implements DoveadmAnswer {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /**
     * It was not.
     *
     * @param type exitCode, unknownMethod, unAuthorized, invalidRequest or internalError
     */
    record Failed(String type, int exitCode) implements DoveadmAnswer {
        public Failed {
            requireNonNull(type, "type is null");
        }
    }

    /** Reads {@code [["doveadmResponse",[{...}],"tag"]]} or {@code [["error",{...},"tag"]]}. */
    static DoveadmAnswer parse(byte[] body) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(body.length + 1)
                        .build())
                .build();
        try (JsonParser json = factory.createParser(body)) {
            require(json.nextToken() == JsonToken.START_ARRAY);
            require(json.nextToken() == JsonToken.START_ARRAY);
            require(json.nextToken() == JsonToken.VALUE_STRING);
            String kind = json.getText();
            json.nextToken();
            return switch (kind) {
                case "doveadmResponse" -> new Rows(rows(json));
                case "error" -> failure(object(json));
                default -> throw new IOException("'" + kind + "' is no kind of answer");
            };
        }
    }

    private static Failed failure(Map<String, String> error) throws IOException {
        try {
            return new Failed(error.getOrDefault("type", ""), Integer.parseInt(error.getOrDefault("exitCode", "0")));
        } catch (NumberFormatException e) {
            throw new IOException("the exit code is no number", e);
        }
    }

    /** A table is an array; some commands, as "user", answer with an object. */
    private static List<Map<String, String>> rows(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return List.of(object(json));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            rows.add(object(json));
        }
        return rows;
    }

    private static Map<String, String> object(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT);
        Map<String, String> values = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            require(value != null);
            if (value.isScalarValue()) {
                values.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        return values;
    }

    private static void require(boolean asExpected) throws IOException {
        if (!asExpected) {
            throw new IOException("not an answer of doveadm's HTTP API");
        }
    }
}
