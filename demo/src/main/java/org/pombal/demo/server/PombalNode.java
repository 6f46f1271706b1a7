package org.pombal.demo.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.pombal.dovecot.config.ServerAddress;

/** A pombal node as a process of its own, from the built product. Ends with this program, however that ends. */
public final class PombalNode implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration HTTP = Duration.ofSeconds(5);

    private final Path folder;
    private final List<String> command;
    private final ServerAddress status;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(HTTP).build();
    private final Map<String, String> settings;
    private GuardedProcess process;

    private PombalNode(Path folder, List<String> command, ServerAddress status, Map<String, String> settings) {
        this.settings = settings;
        this.folder = folder;
        this.command = command;
        this.status = status;
        this.process = run();
    }

    /**
     * Starts a node; it may not be ready yet when this returns.
     *
     * @param folder for its settings, state and log
     * @param pombal the command that runs the product
     * @param sees what a path of this machine is called where the product runs
     * @param status where it answers HTTP
     * @param settings names and values, besides those that follow from the other parameters
     */
    public static PombalNode start(
            Path folder,
            List<String> pombal,
            UnaryOperator<Path> sees,
            ServerAddress status,
            Map<String, String> settings) {
        requireNonNull(status, "status is null");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of a node, " + folder, e);
        }
        Map<String, String> all = new TreeMap<>(settings);
        all.put("cluster_state_dir", sees.apply(folder.resolve("state")).toString());
        all.putIfAbsent(
                "cluster_doveadm_socket",
                sees.apply(folder.resolve("doveadm.sock")).toString());
        all.put("cluster_http_listen", status.toString());
        Path file = folder.resolve("node.conf");
        write(file, all);
        List<String> command = new ArrayList<>(pombal);
        command.addAll(List.of("node", "--config", sees.apply(file).toString()));
        return new PombalNode(folder, command, status, all);
    }

    /** Writes a settings file. */
    public static void write(Path file, Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the settings of a node to " + file, e);
        }
    }

    private GuardedProcess run() {
        return GuardedProcess.start("pombal node", command, log());
    }

    /** What it prints. Begun anew with each start. */
    public Path log() {
        return folder.resolve("node.log");
    }

    /** Where it takes commands, as this machine sees it. */
    public Path doveadmSocket() {
        return folder.resolve("doveadm.sock");
    }

    public ServerAddress status() {
        return status;
    }

    /** Waits until it says that it can do its job. */
    public void awaitReady(Duration patience) {
        if (!Waiting.upTo(patience, () -> get("/readyz").startsWith("200 "))) {
            throw new IllegalStateException("the node at " + status + " is not ready within " + patience + ": "
                    + get("/readyz").strip() + "; its log is " + log());
        }
    }

    /** Status code and body of one of its pages, or why there is none. */
    public String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + status + path))
                .timeout(HTTP)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    public boolean isRunning() {
        return !process.processes().isEmpty();
    }

    /** Ids of its processes. */
    public Set<Long> processes() {
        return process.processes();
    }

    /** Ids of its process groups, see {@link GuardedProcess#processGroups}. */
    public Set<Long> processGroups() {
        return process.processGroups();
    }

    /** Kills it at once and without warning; returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** Starts it again after it has ended. */
    public void startAgain() {
        process = run();
    }

    /** Stops it and starts it again with some settings changed. */
    public void restartWith(Map<String, String> changes) {
        stop();
        Map<String, String> changed = new TreeMap<>(settings);
        changed.putAll(changes);
        write(folder.resolve("node.conf"), changed);
        startAgain();
    }

    /** Asks it to stop; returns when it is gone. Does nothing if it does not run. */
    public void stop() {
        process.stop(STOP);
    }

    @Override
    public void close() {
        stop();
    }
}
