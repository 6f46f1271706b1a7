package org.pombal.cli.wire;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Answer;
import org.pombal.commands.ExitCodes;

/**
 * Reads {@code [["doveadmResponse",[ROW,...],"tag"]]} or {@code [["error",{...},"tag"]]}, row by row, so that an answer of
 * millions of rows takes no memory.
 */
public final class AnswerReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private final AnswerSink sink;

    private AnswerReader(JsonParser json, AnswerSink sink) {
        this.json = json;
        this.sink = sink;
    }

    /**
     * @throws NotAnAnswerException if it is no answer of doveadm's HTTP API
     * @throws IOException if the body is cut off, or the sink throws
     */
    public static Outcome read(InputStream body, AnswerSink sink) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            return new AnswerReader(parser, sink).outcome();
        } catch (JsonEOFException e) {
            throw (EOFException) new EOFException("the answer was cut off").initCause(e);
        } catch (JsonProcessingException e) {
            throw new NotAnAnswerException(requireNonNullElse(e.getOriginalMessage(), "no JSON"), e);
        }
    }

    private Outcome outcome() throws IOException {
        expect(JsonToken.START_ARRAY);
        expect(JsonToken.START_ARRAY);
        expect(JsonToken.VALUE_STRING);
        String kind = json.getText();
        Outcome outcome =
                switch (kind) {
                    case "doveadmResponse" -> rows();
                    case "error" -> error();
                    default -> throw new NotAnAnswerException("it begins with '" + kind + "'");
                };
        expect(JsonToken.VALUE_STRING);
        expect(JsonToken.END_ARRAY);
        expect(JsonToken.END_ARRAY);
        return outcome;
    }

    private Outcome rows() throws IOException {
        expect(JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            pass(members());
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw unexpected();
        }
        return new Outcome.Complete();
    }

    private void pass(Map<String, @Nullable String> row) throws IOException {
        String progress = row.get(Answer.PROGRESS);
        String error = row.get(Answer.ERROR);
        if (progress != null) {
            sink.progress(progress);
        } else if (error != null) {
            sink.failed(number(row.get(Answer.EXIT_CODE), ExitCodes.TEMPORARY), error);
        } else {
            sink.row(row);
        }
    }

    private Outcome error() throws IOException {
        expect(JsonToken.START_OBJECT);
        Map<String, @Nullable String> error = members();
        return new Outcome.Failed(
                requireNonNullElse(error.get("type"), ""),
                number(error.get(Answer.EXIT_CODE), 0),
                requireNonNullElse(error.get(Answer.MESSAGE), ""));
    }

    /** After the object's start, to its end. */
    private Map<String, @Nullable String> members() throws IOException {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == null || !value.isScalarValue()) {
                throw unexpected();
            }
            members.put(name, value == JsonToken.VALUE_NULL ? null : json.getText());
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw unexpected();
        }
        return members;
    }

    private void expect(JsonToken expected) throws IOException {
        if (json.nextToken() != expected) {
            throw unexpected();
        }
    }

    private NotAnAnswerException unexpected() {
        return new NotAnAnswerException("unexpected " + json.currentToken() + " in it");
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
    }
}
