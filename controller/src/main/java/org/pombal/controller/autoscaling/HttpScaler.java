package org.pombal.controller.autoscaling;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A service of the operator's: the site is sent to it as JSON by POST, and it answers a number, or JSON with the number as {@code desired}. */
final class HttpScaler implements Autoscaler {

    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int ERRORS = 400;
    private static final int MOST_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Duration limit;
    private final HttpClient http;

    HttpScaler(URI url, Duration limit) {
        this.url = requireNonNull(url, "url is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.http = HttpClient.newBuilder().connectTimeout(limit).build();
    }

    @Override
    public int desiredNumberOfBackends(ScaledSite site) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/plain")
                .POST(BodyPublishers.ofString(SiteDocument.of(site)))
                .build();
        HttpResponse<String> answer = answered(request);
        int status = answer.statusCode();
        if (status >= REDIRECTS && status < ERRORS) {
            throw new IOException(
                    url + " (AUTOSCALER_URL) redirects, with status " + status + ", which is not followed");
        }
        if (status != OK) {
            throw new IOException(url + " (AUTOSCALER_URL) answers with status " + status);
        }
        return SiteDocument.number(number(answer.body()));
    }

    /** Within the limit as a whole: one set for the request would be over when the answer begins. */
    private HttpResponse<String> answered(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, info -> new ShortText(MOST_BYTES));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(url + " (AUTOSCALER_URL) has not answered for " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(url + " (AUTOSCALER_URL) does not answer: " + e.getCause(), e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String number(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.isObject() ? json.path("desired").asText() : body;
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
