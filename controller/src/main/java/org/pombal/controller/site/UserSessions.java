package org.pombal.controller.site;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.pombal.dovecot.doveadm.DoveadmAccess;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.dovecot.doveadm.DoveadmException;
import org.pombal.model.backend.HostName;
import org.pombal.model.failure.FailureText;
import org.pombal.model.user.UserKey;
import org.pombal.operations.BackendDoveadmSettings;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;
import org.pombal.settings.Settings;

/** The sessions that users have at their backends: Dovecot's doveadm there is asked. */
public final class UserSessions {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** Somebody waits for it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** As {@code (10.0.0.1 10.0.0.2)}. */
    private static final Pattern WORD = Pattern.compile("[^() ]+");

    private final Settings settings;
    private final HostNames hostNames;
    private final HttpClient http;

    /**
     * Sessions of one service.
     *
     * @param service as imap, or imap-login where they only pass through
     * @param from addresses of the clients
     */
    public record Session(String service, int connections, List<String> from) {

        public Session {
            requireNonNull(service, "service is null");
            from = List.copyOf(from);
        }

        static Session of(Map<String, String> row) {
            String connections = row.getOrDefault("connections", "1");
            return new Session(
                    row.getOrDefault("service", "?"),
                    connections.matches("[0-9]{1,9}") ? Integer.parseInt(connections) : 1,
                    WORD.matcher(row.getOrDefault("ips", ""))
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
    }

    public UserSessions(Settings settings, HostNames hostNames) {
        this.settings = requireNonNull(settings, "settings is null");
        this.hostNames = requireNonNull(hostNames, "hostNames is null");
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** Those of a user at a backend, as {@code doveadm who} counts them; LMTP is never among them. */
    public CompletionStage<Outcome<List<Session>>> at(HostName backend, UserKey user) {
        return outcome(
                client(backend).thenCompose(client -> client.who(user.value())).thenApply(rows -> rows.stream()
                        .filter(row -> user.value().equals(row.get("username")))
                        .map(Session::of)
                        .toList()));
    }

    /** Ends them; the value is how many, as far as doveadm tells. */
    public CompletionStage<Outcome<Integer>> end(HostName backend, UserKey user) {
        return outcome(client(backend).thenCompose(client -> client.kick(user.value())));
    }

    private CompletionStage<DoveadmClient> client(HostName backend) {
        Optional<String> key = settings.get(BackendDoveadmSettings.KEY);
        if (key.isEmpty()) {
            return failedFuture(new DoveadmException(
                    "nobody to ask: set cluster_backend_doveadm_key to the doveadm_api_key of backends"));
        }
        return hostNames.address(backend).thenApply(address -> {
            String literal = address.map(InetAddress::getHostAddress)
                    .orElseThrow(() -> new DoveadmException("host name '" + backend + "' does not resolve"));
            String authority = literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal;
            int port = settings.get(BackendDoveadmSettings.PORT);
            return new DoveadmClient(
                    http,
                    new DoveadmAccess(URI.create("http://" + authority + ":" + port + "/doveadm/v1"), key.get()),
                    TIMEOUT);
        });
    }

    private static <T> CompletionStage<Outcome<T>> outcome(CompletionStage<T> asked) {
        return asked.thenApply(Outcome::done).exceptionallyCompose(failure -> {
            Throwable cause = FailureText.unwrap(failure);
            return cause instanceof DoveadmException
                    ? completedFuture(new Outcome.NotDone<>(new Obstacle.Refused(String.valueOf(cause.getMessage()))))
                    : failedFuture(cause);
        });
    }
}
