package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.pombal.demo.server.FreePorts;
import org.pombal.geodb.cassandra.CassandraConfig;

/** The built product as a controller, a process of its own. */
final class RunningController implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.1";
    private static final FreePorts PORTS = new FreePorts(new Random());
    private static final Pattern SECRET = Pattern.compile("pombal_[a-z0-9]+_[A-Za-z0-9_-]{43}");

    private final Path output;
    private final String base;
    private final HttpClient client;
    private final Process process;

    private RunningController(Path folder, CassandraConfig geoDb, Map<String, String> settings, SSLContext tls) {
        int port = PORTS.one(ADDRESS);
        this.output = folder.resolve("controller-" + port + ".out");
        boolean encrypted = settings.containsKey("CONTROLLER_TLS_CERT_FILE");
        this.base = (encrypted ? "https://localhost:" : "http://" + ADDRESS + ":") + port;
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        Map<String, String> all = new HashMap<>(Map.of(
                "CLUSTER_SITE",
                "lisbon",
                "DOMAIN",
                "mail.lisbon.example.org",
                "CONTROLLER_LISTEN",
                ADDRESS + ":" + port,
                "CASSANDRA_SERVERS",
                ADDRESS,
                "CASSANDRA_PORT",
                String.valueOf(geoDb.port()),
                "CASSANDRA_LOCAL_DC",
                geoDb.localDataCentre(),
                "CASSANDRA_KEYSPACE",
                geoDb.keyspace(),
                "CASSANDRA_DATACENTER_REPLICATIONFACTOR",
                "{'" + geoDb.localDataCentre() + "': 1}"));
        all.putAll(settings);
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Product.command().stream(), Stream.of("controller"))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(all);
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunningController start(Path folder, CassandraConfig geoDb, Map<String, String> settings) {
        try {
            return start(folder, geoDb, settings, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param tls with the authorities whose certificates the client believes */
    static RunningController start(Path folder, CassandraConfig geoDb, Map<String, String> settings, SSLContext tls) {
        return new RunningController(folder, geoDb, settings, tls);
    }

    /** Waits until it can do something for whoever asks, and returns how long its process has run. */
    Duration awaitReady(Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .failFast("it has ended; what it printed is in " + output, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> ask("", "GET", "/readyz", "").statusCode() == 200);
        return Duration.between(process.info().startInstant().orElseThrow(), Instant.now());
    }

    /** All that it printed. */
    String printed() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one-time token that it printed. */
    String firstToken() {
        await().atMost(30, SECONDS).until(() -> SECRET.matcher(printed()).find());
        return secretIn(printed());
    }

    /** An admin's token, made with the one that was printed. */
    String admin() {
        return secretIn(ask(firstToken(), "POST", "/api/v1/tokens", "{\"name\":\"ana\",\"role\":\"admin\"}")
                .body());
    }

    private static String secretIn(String text) {
        Matcher matcher = SECRET.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("there is no token in: " + text);
        }
        return matcher.group();
    }

    /** @param headers names and values */
    HttpResponse<String> ask(String token, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Passes on each line of an answer that does not end, on a thread of its own. */
    void listen(String token, String path, Consumer<String> line) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .build();
        client.sendAsync(request, BodyHandlers.ofLines())
                .thenAcceptAsync(answer -> answer.body().forEach(line));
    }

    /** Whether it says that it is the one that acts. */
    boolean leads(String token) {
        return ask(token, "GET", "/api/v1/leader", "").body().contains("\"isThis\":true");
    }

    /** Where it answers, as a URL without a path. */
    String base() {
        return base;
    }

    InetSocketAddress address() {
        URI uri = URI.create(base);
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    long pid() {
        return process.pid();
    }

    /** For how long it has kept a core busy, since its process began. */
    Duration work() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    void signal(String name) {
        Programs.run(Duration.ofSeconds(10), "kill", "-" + name, String.valueOf(process.pid()));
    }

    /** Asks it to stop, and waits for its end. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, SECONDS)) {
            throw new AssertionError("it does not stop: " + printed());
        }
        return process.exitValue();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, SECONDS)) {
            throw new AssertionError("it does not end: " + printed());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        signal("CONT");
        process.destroyForcibly();
    }
}
