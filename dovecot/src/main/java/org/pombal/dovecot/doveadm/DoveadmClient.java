package org.pombal.dovecot.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.pombal.model.failure.FailureText;

/**
 * Asks Dovecot's doveadm over HTTP; understands 2.3 and 2.4, which differ in what kicking takes and answers.
 *
 * <p>Names of users are masks there. Since masks know no escape, a name with {@code *} or {@code ?} is refused: it could
 * disconnect others.
 */
public final class DoveadmClient {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int NOT_FOUND = 68;
    private static final String TAG = "pombal";

    private final HttpClient http;
    private final DoveadmAccess access;
    private final Duration timeout;

    /** @param timeout of one request */
    public DoveadmClient(HttpClient http, DoveadmAccess access, Duration timeout) {
        this.http = requireNonNull(http, "http is null");
        this.access = requireNonNull(access, "access is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    /** The users with sessions, as {@code doveadm who} shows them. Not proof of anything. */
    public CompletionStage<List<Map<String, String>>> who() {
        return call("who", Map.of()).thenCompose(answer -> rows("who", answer));
    }

    /** The same of one user: a row for each service. */
    public CompletionStage<List<Map<String, String>>> who(String user) {
        return refusal(
                user, () -> call("who", Map.of("mask", List.of(user))).thenCompose(answer -> rows("who", answer)));
    }

    /** The sessions that this proxy passes on. 2.3 repeats its header for each further login process; that is left out. */
    public CompletionStage<List<Map<String, String>>> proxyList() {
        return call("proxyList", Map.of())
                .thenCompose(answer -> rows("proxyList", answer))
                .thenApply(rows -> rows.stream()
                        .filter(row -> !"username".equals(row.get("username")))
                        .toList());
    }

    /** Ends the user's sessions on a backend; the value is how many, as far as doveadm tells. */
    public CompletionStage<Integer> kick(String user) {
        return refusal(
                user, () -> call("kick", Map.of("mask", List.of(user))).thenCompose(answer -> kicked("kick", answer)));
    }

    /**
     * Ends the user's sessions that this proxy passes on; the value is how many doveadm counted. 2.4.1 was seen to count a
     * session and not to end it, so who must be sure kicks at the backend too.
     */
    public CompletionStage<Integer> proxyKick(String user) {
        return refusal(user, () -> call("proxyKick", Map.of("mask", List.of(user)))
                .thenCompose(answer ->
                        // 2.4 calls it mask, 2.3 user.
                        answer instanceof DoveadmAnswer.Failed failed
                                        && failed.type().equals("invalidRequest")
                                ? call("proxyKick", Map.of("user", List.of(user)))
                                        .thenCompose(older -> kicked("proxyKick", older))
                                : kicked("proxyKick", answer)));
    }

    private static <T> CompletionStage<T> refusal(String user, Supplier<CompletionStage<T>> request) {
        return user.indexOf('*') >= 0 || user.indexOf('?') >= 0
                ? failedFuture(new DoveadmException(
                        "user '" + user + "' cannot be asked for: doveadm takes * and ? in it for any characters"))
                : request.get();
    }

    /** 2.3 answers the kicked users' names, or exit code 68 for nobody; 2.4 a count, and so does proxyKick of 2.3. */
    private CompletionStage<Integer> kicked(String command, DoveadmAnswer answer) {
        if (answer instanceof DoveadmAnswer.Failed failed && failed.exitCode() == NOT_FOUND) {
            return completedFuture(0);
        }
        return rows(command, answer)
                .thenApply(rows -> rows.stream().mapToInt(DoveadmClient::count).sum());
    }

    /** proxyKick of 2.3 answers "(null)" where there is nobody. */
    private static int count(Map<String, String> row) {
        String count = row.getOrDefault("count", "1");
        return count.matches("[0-9]{1,9}") ? Integer.parseInt(count) : 0;
    }

    private CompletionStage<List<Map<String, String>>> rows(String command, DoveadmAnswer answer) {
        return answer instanceof DoveadmAnswer.Rows rows
                ? completedFuture(rows.rows())
                : failedFuture(
                        new DoveadmException("doveadm at " + access + " answered to " + command + ": " + answer));
    }

    /** One command with parameters that are lists of texts. */
    public CompletionStage<DoveadmAnswer> call(String command, Map<String, List<String>> parameters) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
                json.writeArrayFieldStart(parameter.getKey());
                for (String value : parameter.getValue()) {
                    json.writeString(value);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such errors
        }
        return send(command, body.toByteArray(), TAG).thenApply(answer -> {
            try {
                return DoveadmAnswer.parse(answer);
            } catch (IOException e) {
                throw new DoveadmException(
                        "doveadm at " + access + " answered to " + command + ": " + e.getMessage(), e);
            }
        });
    }

    /**
     * Passes a command on as it came.
     *
     * @param parameters a JSON object
     * @return the whole body of the answer
     */
    public CompletionStage<byte[]> send(String command, byte[] parameters, String tag) {
        byte[] name = quoted(command);
        byte[] end = quoted(tag);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("[[".getBytes(UTF_8));
        body.writeBytes(name);
        body.write(',');
        body.writeBytes(parameters);
        body.write(',');
        body.writeBytes(end);
        body.writeBytes("]]".getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(access.uri())
                .timeout(timeout)
                .header("Authorization", access.authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .exceptionallyCompose(failure -> failedFuture(new DoveadmException(
                        "doveadm at " + access + " does not answer: " + FailureText.of(failure), failure)))
                .thenApply(response -> {
                    if (response.statusCode() != 200) {
                        throw new DoveadmException("doveadm at " + access + " answered " + response.statusCode()
                                + (response.statusCode() == 401 ? ": the key is not its doveadm_api_key" : ""));
                    }
                    return response.body();
                });
    }

    private static byte[] quoted(String text) {
        ByteArrayOutputStream quoted = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(quoted)) {
            json.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such errors
        }
        return quoted.toByteArray();
    }
}
