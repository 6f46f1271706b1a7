package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.PombalNode;
import org.pombal.dovecot.config.ServerAddress;
import org.pombal.geodb.cassandra.CassandraConfig;

/** Commands that come from other machines: over TLS, with a key or a password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsOverTcpTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BODY = "[[\"clusterTagList\",{},\"t\"]]";

    private Path folder;
    private PombalNode node;
    private int port;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Certificates.make(folder, "DNS:localhost");
        Files.writeString(folder.resolve("key"), "a key\n");
        CassandraConfig geoDb = SharedCassandra.keyspace("over_tcp");
        FreePorts ports = new FreePorts(new Random());
        port = ports.one(ADDRESS);
        node = PombalNode.start(
                folder.resolve("node"),
                Product.command(),
                UnaryOperator.identity(),
                new ServerAddress(ADDRESS, ports.one(ADDRESS)),
                new TreeMap<>(Map.ofEntries(
                        Map.entry("cluster_storage", "shared"),
                        Map.entry("cluster_local_site", "lisbon"),
                        Map.entry("cluster_dovecot_base_dir", folder.toString()),
                        Map.entry("cluster_doveadm_listen", ADDRESS + ":" + port),
                        Map.entry("cluster_doveadm_api_key", "a key"),
                        Map.entry("cluster_doveadm_password", "a password"),
                        Map.entry("cluster_doveadm_tls_cert_file", path("server.pem")),
                        Map.entry("cluster_doveadm_tls_key_file", path("server.key")),
                        Map.entry("CASSANDRA_SERVERS", ADDRESS),
                        Map.entry("CASSANDRA_PORT", String.valueOf(geoDb.port())),
                        Map.entry("CASSANDRA_LOCAL_DC", geoDb.localDataCentre()),
                        Map.entry("CASSANDRA_KEYSPACE", geoDb.keyspace()))));
        await().atMost(PATIENCE)
                .until(() -> list("--ca-file", path("ca.pem"), "--api-key-file", path("key"))
                                .exitCode()
                        == 0);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private CommandSender.Printed list(String... options) {
        List<String> command = new ArrayList<>(Product.command());
        command.addAll(List.of("cluster", "site", "list", "--url", "https://localhost:" + port));
        command.addAll(List.of(options));
        return CommandSender.run(command);
    }

    private CommandSender.Printed curl(String... options) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--cacert",
                path("ca.pem"),
                "--data-binary",
                BODY,
                "--write-out",
                " %{http_code}"));
        command.addAll(List.of(options));
        command.add("https://localhost:" + port + "/doveadm/v1");
        return CommandSender.run(command);
    }

    @Test
    void aCommandIsCarriedOutForWhoeverHasTheKey() {
        List<String> add = new ArrayList<>(Product.command());
        add.addAll(List.of("cluster", "tag", "create", "gold", "--url", "https://localhost:" + port));
        add.addAll(List.of("--ca-file", path("ca.pem"), "--api-key-file", path("key")));

        assertThat(CommandSender.run(add).out()).startsWith("name=gold id=");
        assertThat(curl("--header", "Authorization: X-Dovecot-API YSBrZXk=").out())
                .contains("\"name\":\"gold\"")
                .endsWith(" 200");
        assertThat(curl("--user", "doveadm:a password").out()).endsWith(" 200");
    }

    @Test
    void nothingIsSaidToWhoeverHasNot() throws Exception {
        Files.writeString(folder.resolve("wrong"), "another key\n");

        CommandSender.Printed printed = list("--ca-file", path("ca.pem"), "--api-key-file", path("wrong"));
        assertThat(printed.exitCode()).as(printed.toString()).isEqualTo(77);
        assertThat(printed.err().lines()).singleElement().asString().contains("key");
        assertThat(list("--ca-file", path("ca.pem")).exitCode()).isEqualTo(77);
        assertThat(curl().out()).isEqualTo(" 401");
        assertThat(curl("--user", "doveadm:another password").out()).isEqualTo(" 401");
        assertThat(curl("--user", "root:a password").out()).isEqualTo(" 401");
    }

    @Test
    void theKeyIsNotShownToAServerOfWhichNobodyKnowsTheCertificate() {
        CommandSender.Printed printed = list("--api-key-file", path("key"));

        assertThat(printed.exitCode()).as(printed.toString()).isEqualTo(76);
        assertThat(printed.err()).contains("Nothing was sent");
    }

    @Test
    void withoutTlsNothingIsAnswered() {
        CommandSender.Printed printed = CommandSender.run(
                List.of("curl", "--silent", "--data-binary", BODY, "http://localhost:" + port + "/doveadm/v1"));

        assertThat(printed.exitCode()).isNotZero();
        assertThat(printed.out()).doesNotContain("doveadmResponse");
    }
}
