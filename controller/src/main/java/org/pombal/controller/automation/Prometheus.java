package org.pombal.controller.automation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.model.failure.FailureText;

/** Reads the Z-scores of a site's backends from Prometheus, by its HTTP API (instant queries, {@code /api/v1/query}). Blocks. */
final class Prometheus {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Duration limit;
    private final HttpClient http;

    /**
     * What Prometheus has recorded.
     *
     * @param scores by the host name of a backend, and by metric; in standard deviations
     * @param samples of the score that has fewest
     * @param newest when the oldest of the newest samples was taken
     */
    record Scores(Map<String, Map<String, Double>> scores, long samples, Instant newest) {}

    /** @param base where Prometheus answers, {@code http://127.0.0.1:9090} */
    Prometheus(URI base) {
        this(base, LIMIT);
    }

    /** @param limit how long Prometheus may take for the whole answer to a question */
    Prometheus(URI base, Duration limit) {
        this.base = requireNonNull(base, "base is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.http = HttpClient.newBuilder().connectTimeout(limit).build();
    }

    /**
     * The scores of a site now.
     *
     * @param span how far back samples are counted
     * @throws IOException if Prometheus does not answer, or not as it should; the message says what was asked, and where
     */
    Scores scores(String site, Duration span) throws IOException, InterruptedException {
        String series = "dovecot_cluster:host:zscore{site=\""
                + site.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        Map<String, Map<String, Double>> scores = new HashMap<>();
        for (Sample sample : ask(series)) {
            scores.computeIfAbsent(sample.host(), host -> new HashMap<>()).put(sample.score(), sample.value());
        }
        long samples = ask("count_over_time(" + series + "[" + span.toSeconds() + "s])").stream()
                .mapToLong(sample -> (long) sample.value())
                .min()
                .orElse(0);
        Instant newest = ask("timestamp(" + series + ")").stream()
                .map(sample -> Instant.ofEpochMilli((long) (1000 * sample.value())))
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return new Scores(scores, samples, newest);
    }

    private record Sample(String host, String score, double value) {}

    private List<Sample> ask(String query) throws IOException, InterruptedException {
        URI uri = URI.create(
                base.toString().replaceAll("/+$", "") + "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri).build());
        try {
            JsonNode json = JSON.readTree(answer.body());
            if (answer.statusCode() != OK
                    || !"success".equals(json.path("status").asText())) {
                throw new IOException("Prometheus at " + base + " answers " + answer.statusCode() + " to " + query
                        + ": " + json.path("error").asText());
            }
            return samples(json.path("data").path("result"));
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "what answers at " + base + " (PROMETHEUS_URL), with status " + answer.statusCode()
                            + ", is not Prometheus",
                    e);
        }
    }

    /** The client's own limit ends with the head of an answer; a body may then hang for ever. */
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "Prometheus at " + base + " (PROMETHEUS_URL) does not answer: " + FailureText.of(e), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "Prometheus at " + base + " (PROMETHEUS_URL) does not answer within " + limit.toMillis() + " ms",
                    e);
        } finally {
            answer.cancel(true); // closes the connection, if it still waits for anything
        }
    }

    private List<Sample> samples(JsonNode result) throws IOException {
        List<Sample> samples = new ArrayList<>();
        if (!result.isArray()) {
            throw notSamples();
        }
        for (JsonNode series : result) {
            JsonNode labels = series.path("metric");
            if (!labels.isObject() || !series.path("value").path(1).isTextual()) {
                throw notSamples();
            }
            double value = parse(series.path("value").path(1).asText());
            if (Double.isFinite(value)) {
                samples.add(new Sample(
                        labels.path("host").asText(), labels.path("score").asText(), value));
            }
        }
        return samples;
    }

    private IOException notSamples() {
        return new IOException("what answers at " + base + " (PROMETHEUS_URL) answers without a list of samples");
    }

    /** Prometheus also says NaN, +Inf and -Inf. */
    private static double parse(String text) {
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
