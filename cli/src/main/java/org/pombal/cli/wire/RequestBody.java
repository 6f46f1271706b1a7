package org.pombal.cli.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.pombal.commands.Arguments;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.Parameter;

/** Writes a call as doveadm's HTTP API has it: {@code [["clusterBackendAdd",{"host":"b1"},"pombal"]]}. */
public final class RequestBody {

    /** Comes back beside the answer; there is one call in a request, so it tells nothing. */
    static final String TAG = "pombal";

    private static final JsonFactory JSON = new JsonFactory();

    private RequestBody() {}

    public static byte[] of(Arguments arguments) {
        ClusterCommand command = arguments.command();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartArray();
            json.writeStartArray();
            json.writeString(command.httpName());
            json.writeStartObject();
            for (Parameter parameter : command.parameters()) {
                write(json, parameter, arguments.values());
            }
            json.writeEndObject();
            json.writeString(TAG);
            json.writeEndArray();
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return body.toByteArray();
    }

    /** All values are strings, which is what doveadm takes for every type, but for flags. */
    private static void write(JsonGenerator json, Parameter parameter, Map<String, String> values) throws IOException {
        String value = values.get(parameter.name());
        if (value == null) {
            return;
        }
        if (parameter.isFlag()) {
            json.writeBooleanField(parameter.httpName(), value.equals("true"));
        } else {
            json.writeStringField(parameter.httpName(), value);
        }
    }
}
