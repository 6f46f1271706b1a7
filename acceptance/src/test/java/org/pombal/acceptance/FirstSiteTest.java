package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.PombalNode;
import org.pombal.dovecot.config.ServerAddress;
import org.pombal.geodb.cassandra.CassandraConfig;

/** A cluster begins with a GeoDB that has nothing in it. */
class FirstSiteTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_node_takes_the_commands_that_enter_its_own_site(@TempDir Path folder) throws Exception {
        CassandraConfig geoDb = SharedCassandra.keyspace("first_site");
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 b1.test\n");
        FreePorts ports = new FreePorts(new Random());
        PombalNode node = PombalNode.start(
                folder.resolve("node"),
                Product.command(),
                UnaryOperator.identity(),
                new ServerAddress(ADDRESS, new FreePorts(new Random()).one(ADDRESS)),
                Map.ofEntries(
                        Map.entry("cluster_storage", "shared"),
                        Map.entry("cluster_local_site", "lisbon"),
                        Map.entry("cluster_backend_name", "b1.test"),
                        Map.entry("cluster_peer_key", "of the first site"),
                        Map.entry("cluster_peer_listen", ADDRESS + ":" + ports.one(ADDRESS)),
                        Map.entry("cluster_hosts_file", hosts.toString()),
                        Map.entry("cluster_dovecot_base_dir", folder.toString()),
                        Map.entry("CASSANDRA_SERVERS", ADDRESS),
                        Map.entry("CASSANDRA_PORT", String.valueOf(geoDb.port())),
                        Map.entry("CASSANDRA_LOCAL_DC", geoDb.localDataCentre()),
                        Map.entry("CASSANDRA_KEYSPACE", geoDb.keyspace())));
        try (node) {
            await().atMost(PATIENCE).until(() -> run(node, "site", "list").exitCode() == 0);
            assertThat(run(node, "backend", "add", "--self").err()).contains("there is no site 'lisbon'");

            assertThat(run(node, "site", "add", "lisbon").exitCode()).isZero();
            assertThat(run(node, "backend", "add", "--self").exitCode()).isZero();
            assertThat(run(node, "backend", "update", "--self", "--status", "online")
                            .out())
                    .contains("host=b1.test site=lisbon status=online");
            await().atMost(PATIENCE).until(() -> !node.get("/readyz").contains("is not in GeoDB"));
        }
    }

    private static CommandSender.Printed run(PombalNode node, String... words) {
        return CommandSender.run(Stream.of(
                        Product.command().stream(),
                        Stream.of("cluster"),
                        Stream.of(words),
                        Stream.of("--socket", node.doveadmSocket().toString()))
                .flatMap(part -> part)
                .toList());
    }
}
