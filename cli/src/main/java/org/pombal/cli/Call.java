package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.pombal.cli.http.CannotConnectException;
import org.pombal.cli.http.HttpClient;
import org.pombal.cli.http.HttpException;
import org.pombal.cli.http.HttpResponse;
import org.pombal.cli.wire.AnswerReader;
import org.pombal.cli.wire.AnswerSink;
import org.pombal.cli.wire.NotAnAnswerException;
import org.pombal.cli.wire.Outcome;
import org.pombal.cli.wire.RequestBody;
import org.pombal.commands.Arguments;
import org.pombal.commands.ExitCodes;

/** One call of a command: sends it, hands the rows on, and says in an operator's words what went wrong. */
final class Call {

    private static final String PATH = "/doveadm/v1";

    /** What doveadm's error types mean, where the exit code does not say it. */
    private static final Map<String, Integer> EXIT_CODES = Map.of(
            "unknownMethod", ExitCodes.USAGE,
            "invalidRequest", ExitCodes.USAGE,
            "unAuthorized", ExitCodes.NO_PERMISSION);

    private final HttpClient client;

    Call(HttpClient client) {
        this.client = requireNonNull(client, "client is null");
    }

    /**
     * @throws CallFailedException if it was not done, or not wholly
     * @throws OutputClosedException if the sink's output is closed
     */
    void send(Arguments arguments, AnswerSink sink) throws CallFailedException, OutputClosedException {
        try (HttpResponse response = client.post(PATH, RequestBody.of(arguments))) {
            if (response.status() != 200) {
                throw refused(response);
            }
            Outcome outcome = AnswerReader.read(response.body(), sink);
            if (outcome instanceof Outcome.Failed failed) {
                throw failure(arguments, failed);
            }
        } catch (OutputClosedException e) {
            throw e;
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private CallFailedException failure(Arguments arguments, Outcome.Failed failed) {
        int exitCode = failed.exitCode() != 0
                ? failed.exitCode()
                : EXIT_CODES.getOrDefault(failed.type(), ExitCodes.TEMPORARY);
        if (failed.type().equals("unknownMethod")) {
            return new CallFailedException(
                    exitCode,
                    "the node at " + client.endpoint() + " does not know '"
                            + arguments.command().words() + "'; its version is another, or it is not Pombal's");
        }
        String message = failed.message().isEmpty()
                ? "the node answered " + failed.type() + " without saying why"
                : failed.message();
        return new CallFailedException(exitCode, message);
    }

    private CallFailedException refused(HttpResponse response) throws IOException {
        int status = response.status();
        String said = new String(response.body().readNBytes(500), java.nio.charset.StandardCharsets.UTF_8).strip();
        String answered = "the node at " + client.endpoint() + " answered " + status + " " + response.reason()
                + (said.isEmpty() ? "" : ": " + said);
        return switch (status) {
            case 401, 403 ->
                new CallFailedException(
                        ExitCodes.NO_PERMISSION,
                        answered + "; the key is given with --api-key-file, POMBAL_API_KEY_FILE or POMBAL_API_KEY");
            case 400 -> new CallFailedException(ExitCodes.USAGE, answered);
            case 503 -> new CallFailedException(ExitCodes.TEMPORARY, answered + "; try again");
            default -> new CallFailedException(ExitCodes.PROTOCOL, answered);
        };
    }

    private CallFailedException explained(IOException e) {
        String node = "the node at " + client.endpoint();
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e.getCause() instanceof SSLException || e instanceof SSLException) {
            return new CallFailedException(
                    ExitCodes.PROTOCOL,
                    "no TLS with " + node + ": " + reason + ". Nothing was sent. See --ca-file.",
                    e);
        }
        if (e instanceof CannotConnectException) {
            return reason.contains("Permission denied")
                    ? new CallFailedException(
                            ExitCodes.NO_PERMISSION, "no right to use " + client.endpoint() + "; try as root", e)
                    : new CallFailedException(
                            ExitCodes.TEMPORARY,
                            "no node answers at " + client.endpoint() + " (" + reason + "). "
                                    + client.endpoint().advice(),
                            e);
        }
        if (e instanceof NotAnAnswerException || e instanceof HttpException) {
            return new CallFailedException(
                    ExitCodes.PROTOCOL, "the answer of " + node + " is not doveadm's: " + reason, e);
        }
        String what = e instanceof SocketTimeoutException
                ? node + " is silent (" + reason + ")"
                : e instanceof EOFException
                        ? node + " ended the connection: " + reason
                        : "the connection to " + node + " broke: " + reason;
        return new CallFailedException(
                ExitCodes.TEMPORARY,
                what + ". Whether the command was carried out is not known; look before you repeat it.",
                e);
    }
}
