package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.pombal.demo.server.Guardian;
import org.pombal.demo.server.PombalNode;
import org.pombal.demo.server.SettingsBesideDovecot;
import org.pombal.dovecot.config.StandaloneConfig;
import org.pombal.geodb.cassandra.CassandraConfig;

/** The nodes of a site, and commands that they are given. */
final class NodeServers {

    private static final int HTTP_PORT = 9281;
    private static final int PEER_PORT = 24_281;
    private static final String PEER_KEY = "of this run only";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SiteShape shape;
    private final String site;
    private final CassandraConfig geoDb;
    private final Map<String, String> more;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * Prepares them.
     *
     * @param site its name
     * @param backends all of them, for the file in which nodes find their addresses; those of other sites, too
     * @param more settings, besides those that every site has
     */
    NodeServers(SiteShape shape, String site, CassandraConfig geoDb, List<Host> backends, Map<String, String> more) {
        this.shape = shape;
        this.site = site;
        this.geoDb = geoDb;
        this.more = Map.copyOf(more);
        try {
            Files.write(
                    hostsFile(),
                    backends.stream()
                            .map(host -> host.address() + " " + ChaosSite.hostName(host))
                            .toList());
            writeFenceCommand();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + shape.folder(), e);
        }
    }

    private Path hostsFile() {
        return shape.folder().resolve("hosts");
    }

    private Path fenceCommand() {
        return shape.folder().resolve("fence");
    }

    /** It switches a host off, as a fence agent does: no process is left there, at a moment at least. */
    private void writeFenceCommand() throws IOException {
        try (InputStream script = NodeServers.class.getResourceAsStream("fence.sh")) {
            Files.write(
                    fenceCommand(),
                    requireNonNull(script, "fence.sh is not part of this program")
                            .readAllBytes());
            Files.setPosixFilePermissions(fenceCommand(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    Server besideBackend(Host host, StandaloneConfig dovecot, Guardian guardian) {
        return server(
                host,
                dovecot,
                Map.of(
                        "cluster_backend_name",
                        ChaosSite.hostName(host),
                        "cluster_guardian_dir",
                        guardian.folder().toString()));
    }

    Server besideProxy(Host host, StandaloneConfig dovecot) {
        return server(host, dovecot, Map.of("cluster_proxy_name", ChaosSite.hostName(host)));
    }

    private Server server(Host host, StandaloneConfig dovecot, Map<String, String> role) {
        Path folder = shape.folder(host);
        Map<String, String> settings = new TreeMap<>(role);
        settings.putAll(SettingsBesideDovecot.of(shape.dovecot(), dovecot, false, geoDb, UnaryOperator.identity()));
        settings.put("cluster_storage", "shared");
        settings.put("cluster_local_site", site);
        settings.put("cluster_hosts_file", hostsFile().toString());
        settings.put("cluster_default_group_count", String.valueOf(shape.groups()));
        settings.put("cluster_peer_key", PEER_KEY);
        settings.put("cluster_peer_listen", host.address() + ":" + PEER_PORT);
        settings.put("cluster_peer_address", host.address() + ":" + PEER_PORT);
        settings.put("cluster_timing_factor", String.valueOf(shape.timing()));
        if (shape.fenced()) {
            settings.put("cluster_takeover", "fenced");
            settings.put("cluster_fence_command", fenceCommand().toString());
        }
        settings.put("cluster_state_dir", folder.resolve("node-state").toString());
        settings.put("cluster_doveadm_socket", socket(host).toString());
        settings.put("cluster_http_listen", host.address() + ":" + HTTP_PORT);
        settings.putAll(more);
        Path file = folder.resolve("node.conf");
        PombalNode.write(file, settings);
        List<String> command = new ArrayList<>(product());
        command.addAll(List.of("node", "--config", file.toString()));
        return new Server(ChaosSite.NODE, host, command, folder.resolve("node.log"));
    }

    private List<String> product() {
        return List.of(
                "env",
                // It does not live long enough to profit from the second compiler.
                "POMBAL_JAVA_OPTIONS=-XX:TieredStopAtLevel=1",
                "POMBAL_HOME=" + shape.product(),
                "JAVA_HOME=" + System.getProperty("java.home"),
                shape.launcher().toString());
    }

    private Path socket(Host host) {
        return shape.folder(host).resolve("doveadm.sock");
    }

    /** A command line of {@code pombal cluster ...}, sent to the node on a host; prints tabs between columns. */
    List<String> command(Host host, List<String> words) {
        List<String> command = new ArrayList<>(product());
        command.addAll(List.of("-f", "tab", "cluster"));
        command.addAll(words);
        command.addAll(List.of("--socket", socket(host).toString()));
        return host.command(command);
    }

    boolean isReady(Host host) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + host.address() + ":" + HTTP_PORT + "/readyz"))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
