package org.pombal.acceptance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.demo.server.DovecotServer;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.StandaloneConfig;

/** {@code pombal check} beside a proxy and a backend that run: nothing wrong, then one mistake after the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CheckContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where a mistake is made. */
    enum Role {
        PROXY("node1"),
        BACKEND("backend-node1");

        private final String node;

        Role(String node) {
            this.node = node;
        }
    }

    /**
     * A mistake in dovecot.conf, and what is said about it.
     *
     * @param dovecot lines for its end; later ones count
     */
    record Mistake(String dovecot, String line) {}

    /** Mistakes that do not hide each other. */
    record Mistakes(Role role, List<Mistake> dovecot, Map<String, String> settings, List<String> lines) {

        static Mistakes of(Role role, Mistake... mistakes) {
            return new Mistakes(role, List.of(mistakes), Map.of(), List.of());
        }

        Mistakes with(Mistake more) {
            return new Mistakes(
                    role, Stream.concat(dovecot.stream(), Stream.of(more)).toList(), settings, lines);
        }

        /** @param line what is said about the value */
        Mistakes with(String setting, String value, String line) {
            Map<String, String> all = new TreeMap<>(settings);
            all.put(setting, value);
            return new Mistakes(
                    role,
                    dovecot,
                    all,
                    Stream.concat(lines.stream(), Stream.of(line)).toList());
        }

        String dovecotLines() {
            return dovecot.stream().map(Mistake::dovecot).collect(joining());
        }

        List<String> expected() {
            return Stream.concat(dovecot.stream().map(Mistake::line), lines.stream())
                    .toList();
        }

        @Override
        public String toString() {
            return role + " " + String.join(", ", expected());
        }
    }

    private final DovecotVersion version;
    private final String network;
    private Lab lab;

    CheckContract(DovecotVersion version, String network) {
        this.version = version;
        this.network = network;
    }

    /** A mistake of a proxy that is spelt differently in the versions. */
    abstract Mistake ofProxy();

    /** One of a backend. */
    abstract Mistake ofBackend();

    /** One that lets a proxy have few sessions. */
    abstract Mistake fewSessions();

    @BeforeAll
    void start() {
        lab = Lab.start(version, "chk" + version.toString().replace(".", ""), network, Optional.empty(), Map.of());
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    Stream<Mistakes> mistakes() {
        return Stream.of(
                Mistakes.of(
                                Role.PROXY,
                                new Mistake(
                                        "protocol lmtp {\n  auth_socket_path = auth-userdb\n}\n",
                                        "error lookups: lmtp does not ask the node"),
                                new Mistake("lmtp_proxy = no\n", "error delivery: lmtp does not pass deliveries on"),
                                new Mistake(
                                        "doveadm_port = 0\n", "error doveadm: doveadm commands for a user run on this"),
                                new Mistake("doveadm_password =\n", "error doveadm: there is no doveadm_password"))
                        .with(ofProxy())
                        .with(fewSessions())
                        .with("cluster_hosts_file", "/dev/null", "error names: backend backend1.test does not resolve"),
                Mistakes.of(
                                Role.BACKEND,
                                new Mistake(
                                        "shutdown_clients = no\n", "error restart: sessions go on when Dovecot stops"),
                                new Mistake(
                                        "auth_socket_path = auth-userdb\n",
                                        "error lookups: processes that open mailboxes do not ask the node"),
                                new Mistake(
                                        "protocol lmtp {\n  auth_socket_path = auth-client\n}\n",
                                        "error lookups: the block 'protocol lmtp' has an auth_socket_path of its own"),
                                new Mistake(
                                        "service imap {\n  executable = imap\n}\n",
                                        "error mail-processes: imap does not ask the node"),
                                new Mistake(
                                        "service managesieve {\n  executable = managesieve\n}\n",
                                        "error mail-processes: managesieve does not ask the node"),
                                new Mistake(
                                        "service pop3 {\n  client_limit = 3\n}\n",
                                        "error mail-processes: pop3 serves several clients in one process"),
                                new Mistake("login_trusted_networks =\n", "error trust: no proxy is trusted"))
                        .with(ofBackend())
                        .with(
                                "cluster_backend_name",
                                "backend9.test",
                                "error geodb: backend backend9.test (cluster_backend_name) is not in GeoDB"),
                Mistakes.of(
                        Role.BACKEND,
                        new Mistake(
                                "doveadm_api_key =\n",
                                "warning doveadm: doveadm answers HTTP but has no doveadm_api_key")),
                Mistakes.of(
                        Role.BACKEND,
                        new Mistake(
                                "no_such_setting = 1\n",
                                "fails with exit code 89: doveconf: Fatal: Error in configuration")),
                Mistakes.of(Role.PROXY)
                        .with(
                                "cluster_local_site",
                                "nowhere",
                                "error geodb: site nowhere (cluster_local_site) is not in GeoDB")
                        .with(
                                "cluster_doveconf_command",
                                "no-such-doveconf",
                                "error dovecot: cannot run 'no-such-doveconf -N'"),
                Mistakes.of(Role.PROXY)
                        .with("CASSANDRA_PORT", "1", "error geodb: GeoDB cannot be used: cannot connect")
                        .with("cluster_dovecot_base_dir", "/tmp", "error base-dir: Dovecot's base_dir is "));
    }

    @Test
    void nothingIsWrongWithAProxyAndABackendThatHaveTheSnippets() {
        for (Role role : Role.values()) {
            Programs.Ended end = check(role, "", Map.of());
            assertThat(end.output())
                    .doesNotContainPattern("(?m)^(error|warning) ")
                    .endsWith("no error found");
            assertThat(end.exitCode()).isZero();
        }
    }

    /** What each of them does alone is tested with the check itself; here it is whether real parts show it. */
    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeGetsItsLine(Mistakes mistakes) {
        Programs.Ended end = check(mistakes.role(), mistakes.dovecotLines(), mistakes.settings());

        assertThat(end.output()).contains(mistakes.expected());
        assertThat(end.exitCode())
                .as(end.output())
                .isEqualTo(mistakes.expected().stream().allMatch(line -> line.startsWith("warning ")) ? 0 : 1);
    }

    @Test
    void aBackendWhoseNameBelongsToAnotherMachineIsToldSo() throws IOException {
        Path hosts = Files.writeString(
                lab.site().plan().folder().resolve("other-hosts"),
                "192.0.2.1 backend1.test\n192.0.2.2 backend2.test\n");

        Programs.Ended end = check(Role.BACKEND, "", Map.of("cluster_hosts_file", hosts.toString()));

        assertThat(end.output())
                .contains("error names: this backend's name backend1.test")
                .contains("192.0.2.1");
    }

    @Test
    void aNodeThatWasKilledIsMissedAndFoundAgain() {
        lab.site().node(1).kill();
        try {
            assertThat(check(Role.PROXY, "", Map.of()).output())
                    .containsPattern("error sockets: nobody listens on \\S+/login/pombal/cluster")
                    .containsPattern("error sockets: nobody listens on \\S+/pombal/cluster-userdb");
        } finally {
            lab.site().node(1).startAgain();
            lab.site().node(1).awaitReady(PATIENCE);
        }
        assertThat(check(Role.PROXY, "", Map.of()).exitCode()).isZero();
    }

    @Test
    void aNodeThatStartsCountsAndLogsWhatIsWrongAndServesAllTheSame() throws IOException {
        lab.site().node(2).restartWith(Map.of("cluster_doveconf_command", "no-such-doveconf"));
        try {
            lab.site().node(2).awaitReady(PATIENCE);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            Files.readString(lab.site().node(2).log()))
                    .contains("set-up: error dovecot: cannot run 'no-such-doveconf -N'", "errors: 1"));
            assertThat(lab.site().node(2).get("/metrics")).contains("\npombal_setup_problems 1.0\n");
        } finally {
            lab.site().node(2).restartWith(Map.of());
            lab.site().node(2).awaitReady(PATIENCE);
        }
    }

    /** The command with the role's own settings, and some lines of configuration and settings in place of others. */
    private Programs.Ended check(Role role, String dovecot, Map<String, String> settings) {
        try {
            DovecotServer server = role == Role.PROXY
                    ? lab.site().proxy(1)
                    : lab.site().backends().get(0);
            Path conf = server.log().resolveSibling("check.conf");
            Files.writeString(conf, server.config().files().get(StandaloneConfig.MAIN_FILE) + "\n" + dovecot);
            Map<String, String> changed = new TreeMap<>(settings);
            changed.putIfAbsent(
                    "cluster_doveconf_command",
                    server.doveconf(conf.getFileName().toString(), UnaryOperator.identity()));
            Path node = lab.site().plan().folder().resolve(role.node).resolve("node.conf");
            Path file = Files.write(
                    server.log().resolveSibling("check-pombal.conf"),
                    Stream.concat(
                                    Files.readAllLines(node).stream()
                                            .filter(line -> !changed.containsKey(line.split(" ", 2)[0])),
                                    changed.entrySet().stream().map(entry -> entry.getKey() + " = " + entry.getValue()))
                            .toList());
            List<String> command = new ArrayList<>(Product.command());
            command.addAll(List.of("check", "--config", file.toString()));
            return Programs.run(PATIENCE, command);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
