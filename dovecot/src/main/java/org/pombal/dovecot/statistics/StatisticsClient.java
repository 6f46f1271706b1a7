package org.pombal.dovecot.statistics;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.pombal.model.failure.FailureText;

/** Reads the statistics of a Dovecot over HTTP. */
public final class StatisticsClient {

    private static final int OK = 200;

    private final HttpClient http;
    private final URI uri;
    private final Duration timeout;

    /**
     * @param uri of the page, {@code http://127.0.0.1:9900/metrics}
     * @param timeout of one request
     */
    public StatisticsClient(HttpClient http, URI uri, Duration timeout) {
        this.http = requireNonNull(http, "http is null");
        this.uri = requireNonNull(uri, "uri is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    /** The page as it stands now, or fails with {@link StatisticsException}. */
    public CompletionStage<ProxyPage> read() {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .exceptionallyCompose(failure ->
                        failedFuture(new StatisticsException(uri + " does not answer: " + FailureText.of(failure))))
                .thenApply(this::parsed);
    }

    private ProxyPage parsed(HttpResponse<String> response) {
        if (response.statusCode() != OK) {
            throw new StatisticsException(uri + " answers with HTTP status " + response.statusCode());
        }
        try {
            return ProxyPage.parse(response.body());
        } catch (IllegalArgumentException e) {
            throw new StatisticsException(uri + ": " + e.getMessage());
        }
    }
}
