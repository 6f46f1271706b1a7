package org.pombal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.operations.BackendDoveadmSettings;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;
import org.pombal.settings.SiteSettings;

/** What {@code /readyz} of a node says while it cannot serve. */
class NodeReadinessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final TestCluster cluster = new TestCluster();

    @Test
    void itWaitsForTheFoldersOfDovecotAndThenIsReady() throws Exception {
        Path baseDir = folder.resolve("run");
        Node node = started(baseDir);
        try {
            assertThat(readyz(node)).startsWith("503 waiting for Dovecot").contains(baseDir.toString());

            Files.createDirectories(baseDir.resolve("login"));
            await().atMost(PATIENCE).until(() -> readyz(node).startsWith("200 "));
        } finally {
            node.stop();
        }
    }

    @Test
    void aBaseDirThatIsTooLongForSocketsIsNamed() throws Exception {
        Path baseDir = folder.resolve("x".repeat(107));
        Files.createDirectories(baseDir.resolve("login"));
        Node node = started(baseDir);
        try {
            assertThat(readyz(node))
                    .startsWith("503 cannot listen on socket " + baseDir)
                    .contains("too long for a socket", "give Dovecot a shorter base_dir");
        } finally {
            node.stop();
        }
    }

    private Node started(Path baseDir) throws IOException, SettingsException {
        Node node = new Node(settings(baseDir), cluster.geoDb, new PrometheusRegistry());
        node.start();
        return node;
    }

    private Settings settings(Path baseDir) throws IOException, SettingsException {
        Path file = Files.writeString(folder.resolve("node.conf"), """
                cluster_local_site = here
                cluster_storage = shared
                cluster_http_listen = 127.0.0.1:0
                cluster_dovecot_base_dir = %s
                cluster_state_dir = %s
                """.formatted(baseDir, folder.resolve("state")));
        return new SettingsResolver(new SettingsCatalog(List.of(
                        SiteSettings.GROUP,
                        NodeSettings.GROUP,
                        OwnershipSettings.GROUP,
                        BackendDoveadmSettings.GROUP,
                        TakeoverSettings.GROUP,
                        GroupOfDeathSettings.GROUP,
                        OwnershipTimingSettings.GROUP)))
                .resolve(SettingsFile.read(file), Map.of(), Set.of("site", "node"));
    }

    private static String readyz(Node node) throws IOException, InterruptedException {
        InetSocketAddress address = node.httpAddress().orElseThrow();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/readyz"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
