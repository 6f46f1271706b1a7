package org.pombal.node.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Answer;
import org.pombal.commands.Column;

/** The pieces of an answer in JSON. */
final class JsonAnswer {

    static final byte[] BEGIN = "[\"doveadmResponse\",[".getBytes(UTF_8);

    private JsonAnswer() {}

    /** @param first whether no row stands before these */
    static byte[] rows(List<Row> rows, List<Column> columns, boolean first) {
        return written(
                json -> {
                    for (Row row : rows) {
                        json.writeStartObject();
                        for (Map.Entry<String, @Nullable Object> value :
                                row.values(columns).entrySet()) {
                            json.writeFieldName(value.getKey());
                            write(json, value.getValue());
                        }
                        json.writeEndObject();
                    }
                },
                first ? "" : ",");
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            json.writeNumber(number.doubleValue());
        } else {
            json.writeString(value.toString());
        }
    }

    static byte[] end(String tag) {
        return ("]," + quoted(tag) + "]").getBytes(UTF_8);
    }

    /** @param message empty for none */
    static byte[] error(String type, int exitCode, String message, String tag) {
        return ("[\"error\",{\"type\":" + quoted(type) + ", \"exitCode\":" + exitCode
                        + (message.isEmpty() ? "" : ", \"" + Answer.MESSAGE + "\":" + quoted(message)) + "},"
                        + quoted(tag) + "]")
                .getBytes(UTF_8);
    }

    private static String quoted(String text) {
        return new String(written(json -> json.writeString(text), ""), UTF_8);
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static byte[] written(Content content, String before) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(UTF_8));
        try (JsonGenerator json = RequestParser.JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(new SerializedString(","));
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such errors
        }
        return bytes.toByteArray();
    }
}
