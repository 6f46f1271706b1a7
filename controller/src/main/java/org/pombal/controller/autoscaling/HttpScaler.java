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
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A service of the operator's: the site is sent to it as JSON by POST, and it answers a number, or JSON with the number as {@code desired}. */
final class HttpScaler implements Autoscaler {

    private static final int OK = 200;
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
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/plain")
                .POST(BodyPublishers.ofString(SiteDocument.of(site)))
                .build();
        HttpResponse<String> answer;
        try {
            answer = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(url + " (AUTOSCALER_URL) does not answer: " + e, e);
        }
        if (answer.statusCode() != OK) {
            throw new IOException(url + " (AUTOSCALER_URL) answers with status " + answer.statusCode());
        }
        return SiteDocument.number(number(answer.body()));
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
