package org.pombal.node.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What is written between nodes: one JSON object of texts. Fields that a reader does not know are passed over, so that a newer node may
 * say more.
 */
record Message(Map<String, String> fields) {

    /** More than any user name, group name and reason take. */
    static final int MAX_BYTES = 16_384;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    Message {
        fields = Map.copyOf(fields);
    }

    static Message of(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Message(fields);
    }

    static Message parse(byte[] body) throws BadMessageException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadMessageException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    throw new BadMessageException("'" + name + "' is not a text");
                }
                fields.put(name, json.getText());
            }
            if (json.nextToken() != null) {
                throw new BadMessageException("there is more than one JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new BadMessageException("not JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such errors
        }
        return new Message(fields);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such errors
        }
        return bytes.toByteArray();
    }

    String text(String name) throws BadMessageException {
        String value = fields.get(name);
        if (value == null) {
            throw new BadMessageException("'" + name + "' is missing");
        }
        return value;
    }

    /** @param parser throws {@link IllegalArgumentException} */
    <T> T value(String name, Function<String, T> parser) throws BadMessageException {
        String text = text(name);
        try {
            return requireNonNull(parser.apply(text));
        } catch (IllegalArgumentException e) {
            throw new BadMessageException("'" + name + "': " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return new String(toBytes(), UTF_8);
    }
}
