package org.pombal.node.doveadm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code [["clusterBackendAdd", {"host": "b3.example.org"}, "tag"], ...]}. Complaints are in doveadm's words. Unlike
 * doveadm this reads the whole request before anything of it is carried out.
 */
final class RequestParser {

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(DoveadmServer.MAX_REQUEST_BYTES)
                    .maxNestingDepth(32)
                    .build())
            .build();

    private RequestParser() {}

    static List<Call> parse(InputStream body) throws BadRequestException {
        try (JsonParser json = JSON.createParser(body)) {
            require(json.nextToken(), JsonToken.START_ARRAY, "Request must be a JSON array");
            List<Call> calls = new ArrayList<>();
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                require(token, JsonToken.START_ARRAY, "Command must be a JSON array");
                calls.add(call(json));
            }
            if (json.nextToken() != null) {
                throw new BadRequestException("Unexpected JSON element in input");
            }
            return calls;
        } catch (JsonProcessingException e) {
            throw new BadRequestException(
                    "JSON parse error: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw new BadRequestException("JSON parse error: " + e.getMessage());
        }
    }

    private static Call call(JsonParser json) throws IOException, BadRequestException {
        require(json.nextToken(), JsonToken.VALUE_STRING, "Command name must be a string");
        String name = json.getText();
        require(json.nextToken(), JsonToken.START_OBJECT, "Parameters must be contained in a JSON object");
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (JsonGenerator copied = JSON.createGenerator(copy)) {
            copied.writeStartObject();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String parameter = json.currentName();
                copied.writeFieldName(parameter);
                json.nextToken();
                if (parameters.put(parameter, values(json, parameter, copied)) != null) {
                    throw new BadRequestException("Parameter `" + parameter + "' is duplicated");
                }
            }
            copied.writeEndObject();
        }
        require(json.nextToken(), JsonToken.VALUE_STRING, "Command ID must be a string");
        String tag = json.getText();
        require(json.nextToken(), JsonToken.END_ARRAY, "Unexpected JSON element at end of command");
        return new Call(name, parameters, copy.toString(StandardCharsets.UTF_8), tag);
    }

    private static List<String> values(JsonParser json, String parameter, JsonGenerator copied)
            throws IOException, BadRequestException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return List.of(value(json, parameter, copied));
        }
        List<String> values = new ArrayList<>();
        copied.writeStartArray();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(json, parameter, copied));
        }
        copied.writeEndArray();
        return values;
    }

    private static String value(JsonParser json, String parameter, JsonGenerator copied)
            throws IOException, BadRequestException {
        JsonToken token = json.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw new BadRequestException("Parameter `" + parameter + "' must be string or array");
        }
        copied.copyCurrentEvent(json);
        return json.getText();
    }

    private static void require(@Nullable JsonToken token, JsonToken wanted, String otherwise)
            throws BadRequestException {
        if (token == null) {
            throw new BadRequestException("JSON parse error: Unexpected end of input");
        }
        if (token != wanted) {
            throw new BadRequestException(otherwise);
        }
    }
}
