package org.pombal.acceptance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command, the same however it was sent.
 *
 * @param errorType doveadm's, over HTTP; empty on the command line and where nothing failed
 * @param complaints lines about what failed
 */
record CommandAnswer(
        int exitCode, List<Map<String, Object>> rows, String errorType, List<String> complaints, List<String> notes) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USAGE = 64;

    /** Of the launcher. */
    static CommandAnswer printed(int exitCode, String out, String err) {
        List<String> complaints = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        err.lines().forEach(line -> (line.startsWith("pombal: ") ? complaints : notes)
                .add(line.replaceFirst("^pombal: ", "")));
        return new CommandAnswer(exitCode, out.isEmpty() ? List.of() : rows(parse(out)), "", complaints, notes);
    }

    /** Of the node. */
    static CommandAnswer sent(String body) {
        List<?> element = (List<?>) ((List<?>) parse(body)).get(0);
        Object content = element.get(1);
        if (element.get(0).equals("error")) {
            Map<?, ?> error = (Map<?, ?>) content;
            String type = String.valueOf(error.get("type"));
            int code = type.equals("exitCode") ? number(error.get("exitCode")) : USAGE;
            return new CommandAnswer(code, List.of(), type, List.of(String.valueOf(error.get("message"))), List.of());
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int exitCode = 0;
        for (Map<String, Object> row : rows(content)) {
            if (row.containsKey("progress")) {
                notes.add(String.valueOf(row.get("progress")));
            } else if (row.containsKey("error")) {
                complaints.add(String.valueOf(row.get("error")));
                exitCode = number(row.get("exitCode"));
            } else {
                rows.add(row);
            }
        }
        return new CommandAnswer(exitCode, rows, "", complaints, notes);
    }

    private static int number(@Nullable Object value) {
        return Integer.parseInt(String.valueOf(value));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object json) {
        return (List<Map<String, Object>>) json;
    }

    private static Object parse(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            return value(json);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                map.put(name, value(json));
            }
            return map;
        } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        } else if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return json.getDoubleValue();
        }
        return json.currentToken() == JsonToken.VALUE_NULL ? "(null)" : json.getText();
    }
}
