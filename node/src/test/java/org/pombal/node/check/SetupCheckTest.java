package org.pombal.node.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.memory.Fault;
import org.pombal.node.TestCluster;

/** The looking: programs, sockets, GeoDB. */
@Timeout(60)
class SetupCheckTest {

    @TempDir
    Path folder;

    private final TestCluster cluster = new TestCluster();

    private SetupCheck check(String... doveconf) {
        return new SetupCheck(new Machine("here", Optional.empty(), folder, List.of(doveconf), host ->
                new InetAddress[] {InetAddress.getLoopbackAddress()}));
    }

    private List<String> lines(SetupCheck check) throws InterruptedException {
        return check.findings(cluster.geoDb).stream().map(Finding::toString).toList();
    }

    @Test
    void a_doveconf_that_is_not_there_or_prints_something_else_is_an_error() throws Exception {
        assertThat(lines(check("/nowhere/doveconf")))
                .anySatisfy(line -> assertThat(line).startsWith("error dovecot: cannot run '/nowhere/doveconf -N'"));
        assertThat(lines(check("echo", "hello")))
                .anySatisfy(line -> assertThat(line).startsWith("error dovecot: 'echo hello -N' does not print"));
    }

    @Test
    void a_configuration_that_dovecot_refuses_is_an_error_with_dovecots_words() throws Exception {
        Path script = script("echo '# 2.3.19.1 (abc): x'; echo 'bad line 7' >&2; exit 89");

        assertThat(lines(check(script.toString())))
                .anySatisfy(line -> assertThat(line).contains("fails with exit code 89: bad line 7; correct it"))
                .noneSatisfy(line -> assertThat(line).contains("lookups"));
    }

    @Test
    void a_series_of_dovecot_that_nobody_tried_is_an_error() throws Exception {
        Path script = script("echo '# 2.5.0 (abc): x'");

        assertThat(lines(check(script.toString())))
                .anySatisfy(line -> assertThat(line).startsWith("error dovecot: Dovecot 2.5.0 is not known"));
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("doveconf"), "#!/bin/sh\n" + text + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @Test
    void a_geodb_that_does_not_answer_is_an_error_and_the_rest_is_looked_at_all_the_same() throws Exception {
        cluster.fault = new Fault.Unavailable();

        assertThat(lines(check("/nowhere/doveconf")))
                .anySatisfy(line -> assertThat(line).startsWith("error geodb: GeoDB cannot be used: listing sites"))
                .anySatisfy(line -> assertThat(line).startsWith("error dovecot:"))
                .anySatisfy(line -> assertThat(line).startsWith("error sockets:"));
    }

    @Test
    void geodbs_clock_is_compared_with_this_machines() throws Exception {
        assertThat(lines(check("/nowhere/doveconf")))
                .anySatisfy(line -> assertThat(line).matches("warning clock: GeoDB's clock is \\d+ s .*"));
    }

    @Test
    void sockets_are_found_listening_left_behind_missing_and_in_the_wrong_place() throws Exception {
        Files.createDirectories(folder.resolve("login/pombal"));
        Files.createDirectories(folder.resolve("pombal"));
        Files.createFile(folder.resolve("login/cluster"));
        Files.createFile(folder.resolve("auth-userdb"));
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel ended = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(folder.resolve("login/pombal/cluster")));
            ended.bind(UnixDomainSocketAddress.of(folder.resolve("pombal/cluster-userdb")));
            ended.close();

            SocketFacts facts = SocketLook.look(folder, true);

            assertThat(facts.ours())
                    .extracting(SocketFacts.Ours::state)
                    .containsExactly(
                            SocketFacts.State.LISTENING, SocketFacts.State.NOBODY_LISTENS, SocketFacts.State.MISSING);
            assertThat(facts.dovecots()).containsExactly(folder.resolve("login/login"), folder.resolve("auth-master"));
            assertThat(facts.stale()).containsExactly(folder.resolve("login/cluster"));
        }
    }

    @Test
    void a_socket_path_is_too_long_when_the_node_cannot_bind_it() {
        Path base = Path.of("/" + "x".repeat(107 - "//login/pombal/.cluster.new".length()));

        assertThat(SocketLook.look(base, false).ours().get(0).state()).isEqualTo(SocketFacts.State.MISSING);
        assertThat(SocketLook.look(Path.of(base + "x"), false).ours().get(0).state())
                .isEqualTo(SocketFacts.State.TOO_LONG);
    }

    @Test
    void a_node_checks_when_it_is_ready_and_counts_the_errors() throws Exception {
        SetupCheck check = check("/nowhere/doveconf");
        long errors =
                check.findings(cluster.geoDb).stream().filter(Finding::isError).count();
        try (SetupWatch watch = new SetupWatch(check, cluster.geoDb, () -> true)) {
            assertThat(watch.problems()).isZero();
            watch.start();
            await().until(() -> watch.problems() == errors);
        }
        assertThat(errors).isPositive();
    }
}
