package org.pombal.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One {@code pombal geodb start --init} as a process of its own, and the other commands against it. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class GeoDbCommandTest {

    private static final String ADDRESS = "127.0.0.1";

    private final Path folder;
    private final int storagePort = freePort();
    private final Map<String, String> environment =
            Map.of("CASSANDRA_SERVERS", ADDRESS, "CASSANDRA_PORT", Integer.toString(freePort()));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<Process> running = Optional.empty();

    GeoDbCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createSymbolicLink(folder.resolve("lib-cassandra"), Path.of(System.getProperty("pombal.cassandra.lib")));
    }

    @BeforeAll
    void startCassandra() throws IOException {
        Process process = start();
        running = Optional.of(process);
        BufferedReader output = process.inputReader(UTF_8);
        List<String> lines = new ArrayList<>();
        String line = output.readLine();
        while (line != null && !line.startsWith("Cassandra is ready")) {
            lines.add(line);
            line = output.readLine();
        }
        assertThat(line).as("after " + lines).isNotNull();
    }

    @AfterAll
    void stopCassandra() {
        running.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpombal.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "org.pombal.app.Main",
                "geodb",
                "start",
                "--init",
                "--folder=" + folder.resolve("data"),
                "--address=" + ADDRESS,
                "--storage-port=" + storagePort);
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    private int run(Map<String, String> more, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Pombal(new PrintWriter(out, true), new PrintWriter(err, true), all).run(arguments);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port on " + ADDRESS, e);
        }
    }

    @Test
    void status_shows_the_node_and_the_schema_that_start_created() {
        assertThat(run(Map.of(), "geodb", "status")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("node " + ADDRESS + ":" + environment.get("CASSANDRA_PORT"), "data centre d8s_cluster", "UP")
                .contains("the schema of keyspace d8s_cluster is at version ");
    }

    @Test
    void init_a_second_time_changes_nothing() {
        assertThat(run(Map.of(), "geodb", "init", "--embedded"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo("the schema of keyspace d8s_cluster is up to date\n");
    }

    @Test
    void init_creates_another_keyspace_where_told() {
        Map<String, String> other = Map.of("CASSANDRA_KEYSPACE", "other");
        assertThat(run(other, "geodb", "status")).isEqualTo(69);
        assertThat(out.toString()).contains("keyspace other has no schema; 'pombal geodb init' creates it");
        assertThat(run(other, "geodb", "init", "--embedded")).as(err.toString()).isZero();
        assertThat(run(other, "geodb", "status")).isZero();
    }

    @Test
    void a_wrong_data_centre_is_named_with_the_right_ones() {
        assertThat(run(Map.of("CASSANDRA_LOCAL_DC", "west"), "geodb", "status")).isEqualTo(69);
        assertThat(err.toString()).contains("has no data centre west", "CASSANDRA_LOCAL_DC", "d8s_cluster");
    }

    @Test
    void a_cassandra_that_is_not_there_is_named_without_a_stack_trace() {
        String port = Integer.toString(freePort());
        assertThat(run(Map.of("CASSANDRA_PORT", port), "geodb", "status")).isEqualTo(69);
        assertThat(err.toString())
                .startsWith("pombal: cannot connect to Cassandra at " + ADDRESS + ":" + port)
                .doesNotContain("\tat ");
    }

    @Test
    void a_second_start_in_the_same_folder_is_refused() throws Exception {
        Process second = start();
        String output = new String(second.getInputStream().readAllBytes(), UTF_8);
        assertThat(second.waitFor()).as(output).isEqualTo(69);
        assertThat(output).contains(folder.resolve("data") + " is in use");
    }

    @Test
    void an_address_that_others_can_reach_is_refused() {
        System.setProperty("pombal.home", folder.toString());
        try {
            assertThat(run(Map.of(), "geodb", "start", "--address=0.0.0.0")).isEqualTo(64);
        } finally {
            System.clearProperty("pombal.home");
        }
        assertThat(err.toString()).contains("loopback", "0.0.0.0");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void sigterm_stops_cassandra_before_the_program_ends() throws Exception {
        Process process = running.orElseThrow();
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();
        process.toHandle().destroy();
        List<String> lastLines;
        try (Stream<String> lines = process.inputReader(UTF_8).lines()) {
            lastLines = lines.toList();
        }
        assertThat(lastLines).contains("stopping Cassandra");
        await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
}
