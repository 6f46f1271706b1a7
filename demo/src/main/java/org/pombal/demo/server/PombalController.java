package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pombal.dovecot.config.ServerAddress;

/** A pombal controller as a process of its own, from the built product. Ends with this program, however that ends. */
public final class PombalController implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration HTTP = Duration.ofSeconds(10);
    private static final Pattern TOKEN = Pattern.compile("pombal_[a-z0-9]+_[A-Za-z0-9_-]{43}");

    private final Path log;
    private final ServerAddress address;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(HTTP).build();
    private final GuardedProcess process;

    private PombalController(Path log, ServerAddress address, List<String> command) {
        this.log = log;
        this.address = address;
        this.process = GuardedProcess.start("pombal controller", command, log);
    }

    /**
     * Starts a controller; it may not be ready yet when this returns.
     *
     * @param folder for its settings and log
     * @param pombal the command that runs the product
     * @param sees what a path of this machine is called where the product runs
     * @param address where it answers HTTP, on loopback
     * @param settings names and values, besides those that follow from the other parameters
     */
    public static PombalController start(
            Path folder,
            List<String> pombal,
            UnaryOperator<Path> sees,
            ServerAddress address,
            Map<String, String> settings) {
        requireNonNull(address, "address is null");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of a controller, " + folder, e);
        }
        Map<String, String> all = new TreeMap<>(settings);
        all.put("CONTROLLER_LISTEN", address.toString());
        Path file = folder.resolve("controller.conf");
        PombalNode.write(file, all);
        List<String> command = new ArrayList<>(pombal);
        command.addAll(List.of("controller", "--config", sees.apply(file).toString()));
        return new PombalController(folder.resolve("controller.log"), address, command);
    }

    /** Ids of its living processes. */
    public Set<Long> processes() {
        return process.processes();
    }

    /** What it prints. */
    public Path log() {
        return log;
    }

    /** Where its API begins, without a slash at the end. */
    public String api() {
        return "http://" + address + "/api/v1";
    }

    /** Where its web interface is. */
    public String pages() {
        return "http://" + address + "/ui/";
    }

    /** Waits until it answers and reaches GeoDB. */
    public void awaitReady(Duration patience) {
        if (!Waiting.upTo(patience, () -> status("http://" + address + "/readyz") == 200)) {
            throw new IllegalStateException(
                    "the controller at " + address + " is not ready within " + patience + "; its log is " + log);
        }
    }

    /**
     * Makes a token of an admin with the one-time token that the first controller of a cluster prints.
     *
     * @throws IllegalStateException if it prints none within the patience, or makes no token
     */
    public String makeAdmin(String name, Duration patience) {
        if (!Waiting.upTo(patience, () -> token(printed()).isPresent())) {
            throw new IllegalStateException("the controller at " + address + " printed no token; its log is " + log);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(api() + "/tokens"))
                .timeout(HTTP)
                .header("Authorization", "Bearer " + token(printed()).orElseThrow())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"role\":\"admin\",\"days\":1}"))
                .build();
        HttpResponse<String> answer = send(request)
                .orElseThrow(() -> new IllegalStateException("the controller at " + address + " does not answer"));
        return token(answer.body())
                .orElseThrow(() -> new IllegalStateException("the controller made no token: " + answer.body()));
    }

    /** Status code with which it answers an admin's request, or 0 if it does not answer. */
    public int status(String uri, String token) {
        return send(HttpRequest.newBuilder(URI.create(uri))
                        .timeout(HTTP)
                        .header("Authorization", "Bearer " + token)
                        .build())
                .map(HttpResponse::statusCode)
                .orElse(0);
    }

    /**
     * Asks the API, as whoever has the token.
     *
     * @param path after that of the API, with a slash
     * @param body JSON; empty for none
     * @return the body of the answer
     * @throws IllegalStateException if there is none, or it says that something is wrong
     */
    public String ask(String method, String path, String body, String token) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(api() + path))
                        .timeout(HTTP)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build())
                .orElseThrow(() -> new IllegalStateException("the controller at " + address + " does not answer"));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the controller answers " + answer.statusCode() + " to " + method + " "
                    + path + ": " + answer.body());
        }
        return answer.body();
    }

    private int status(String uri) {
        return send(HttpRequest.newBuilder(URI.create(uri)).timeout(HTTP).build())
                .map(HttpResponse::statusCode)
                .orElse(0);
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private String printed() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    private static Optional<String> token(String text) {
        Matcher matcher = TOKEN.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    @Override
    public void close() {
        process.stop(STOP);
    }
}
