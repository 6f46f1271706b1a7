package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.pombal.demo.server.FreePorts;

/** Prometheus with the rules that are shipped, quicker than usual. */
final class RunningPrometheus implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.1";
    private static final Path RULES =
            Path.of(System.getProperty("pombal.checkout"), "packaging", "prometheus", "pombal.rules.yml");

    private static final String TOKEN = "controller.token";
    private static final String CONTROLLERS = "controllers.json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final URI url;
    private final Process process;

    /** A backend's host name, and the address of its node's metrics. */
    record Target(String host, String address) {}

    private RunningPrometheus(Path folder, String site, List<Target> targets) throws IOException {
        this.folder = folder;
        int port = new FreePorts(new Random()).one(ADDRESS);
        this.url = URI.create("http://" + ADDRESS + ":" + port);
        Files.writeString(
                folder.resolve("rules.yml"), Files.readString(RULES).replace("interval: 15s", "interval: 1s"));
        Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 1s
                rule_files: [rules.yml]
                scrape_configs:
                  - job_name: pombal_nodes
                    static_configs:
                %s
                  - job_name: pombal_controller
                    authorization: {credentials_file: %s}
                    file_sd_configs:
                      - files: ['%s']
                """.formatted(
                        targets.stream()
                                .map(target -> "      - targets: ['%s']\n        labels: {site: %s, host: %s}"
                                        .formatted(target.address(), site, target.host()))
                                .collect(joining("\n")),
                        folder.resolve(TOKEN),
                        folder.resolve(CONTROLLERS)));
        this.process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + ADDRESS + ":" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.out").toFile())
                .start();
    }

    static RunningPrometheus start(Path folder, String site, List<Target> targets) {
        try {
            return new RunningPrometheus(folder, site, targets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    void awaitScores(Duration patience) {
        await().atMost(patience)
                .until(() -> query("dovecot_cluster:host:zscore").contains("\"score\":"));
    }

    /** From now on also scrapes a controller, with a token that lets it. */
    void scrapeToo(InetSocketAddress controller, String token) {
        try {
            Files.writeString(folder.resolve(TOKEN), token);
            Files.writeString(
                    folder.resolve(CONTROLLERS),
                    "[{\"targets\": [\"%s:%d\"]}]".formatted(controller.getHostString(), controller.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers to an expression; empty while it does not. */
    String query(String expression) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(
                                            url.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8)))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    /** How many values an expression has now; -1 if there is no answer, or one that says what is wrong. */
    int values(String expression) {
        try {
            JsonNode answer = new ObjectMapper().readTree(query(expression));
            return answer.path("status").asText().equals("success")
                    ? answer.at("/data/result").size()
                    : -1;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Prometheus' answer to " + expression + " is no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
