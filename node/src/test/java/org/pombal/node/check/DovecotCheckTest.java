package org.pombal.node.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.doveconf.Doveconf;

/** The checks of Dovecot's configuration, on what real Dovecots with Pombal's snippets printed. */
class DovecotCheckTest {

    private static final Path BASE_DIR = Path.of("/run/dovecot");

    @ParameterizedTest
    @ValueSource(strings = {"2.3-proxy", "2.3-backend", "2.4-proxy", "2.4-backend"})
    void a_dovecot_with_the_snippet_is_found_right(String server) throws IOException {
        assertThat(findings(server, printed(server), BASE_DIR)).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        "2.3-proxy", " imap-login pombal/cluster", " imap-login", "error logins: imap-login does not"),
                arguments(
                        "2.3-backend", "pop3-login pombal/cluster", "pop3-login", "error logins: pop3-login does not"),
                arguments("2.4-proxy", "login_socket_path = pombal/cluster", "", "error logins: logins by imap do not"),
                arguments(
                        "2.4-backend",
                        "service imap {",
                        "protocol sieve {\nlogin_socket_path = login\n}\nservice imap {",
                        "error logins: logins by sieve do not ask the node, their login_socket_path is 'login'"),
                arguments(
                        "2.3-proxy",
                        "protocol lmtp {\n  auth_socket_path = pombal/cluster-userdb",
                        "protocol lmtp {",
                        "error lookups: lmtp does not ask the node, its auth_socket_path is 'auth-userdb'"),
                arguments(
                        "2.4-proxy",
                        "protocol doveadm {\n  auth_socket_path = pombal/cluster-userdb",
                        "protocol doveadm {",
                        "error lookups: doveadm does not ask the node"),
                arguments(
                        "2.3-backend",
                        "auth_socket_path = pombal/cluster-userdb",
                        "",
                        "error lookups: processes that open mailboxes do not ask the node"),
                arguments(
                        "2.4-backend",
                        "service imap {",
                        "protocol lmtp {\n  auth_socket_path = auth-userdb\n}\nservice imap {",
                        "error lookups: the block 'protocol lmtp' has an auth_socket_path of its own, 'auth-userdb'"),
                arguments("2.3-backend", " -a pombal/auth-master", "", "error mail-processes: imap does not ask"),
                arguments("2.4-backend", "pop3 -a pombal/auth-master", "pop3", "error mail-processes: pop3 does not"),
                arguments(
                        "2.4-backend",
                        "/usr/bin/env -C /run/dovecot/pombal ",
                        "",
                        "error mail-processes: managesieve does not ask the node"),
                arguments(
                        "2.3-backend",
                        "env -C /run/dovecot/pombal ",
                        "env -C /run/other/pombal ",
                        "set executable = /usr/bin/env -C /run/dovecot/pombal /usr/lib/dovecot/managesieve"),
                arguments("2.3-backend", "  service_count = 1", "", "lmtp serves one client after the other"),
                arguments("2.4-backend", "restart_request_count = 1", "", "restart_request_count is its default"),
                arguments(
                        "2.3-backend",
                        "executable = imap -a",
                        "client_limit = 5\nexecutable = imap -a",
                        "error mail-processes: imap serves several clients in one process, client_limit is 5"),
                arguments("2.3-proxy", "lmtp_proxy = yes", "", "error delivery: lmtp does not pass deliveries on"),
                arguments("2.4-backend", "lmtp_proxy = yes", "lmtp_proxy = no", "error delivery: lmtp does not pass"),
                arguments("2.4-backend", "ssl = no", "shutdown_clients = no", "error restart: sessions go on"),
                arguments(
                        "2.3-backend", "login_trusted_networks = 127.0.0.0/8", "", "error trust: no proxy is trusted"),
                arguments("2.3-proxy", "doveadm_port = 2424", "", "error doveadm: doveadm commands for a user run on"),
                arguments("2.4-backend", "doveadm_password = #", "#", "error doveadm: there is no doveadm_password"),
                arguments(
                        "2.3-backend",
                        "inet_listener tcp {",
                        "inet_listener http {\nport = 1\n}\ninet_listener tcp {",
                        "warning doveadm: doveadm answers HTTP but has no doveadm_api_key"),
                arguments(
                        "2.4-backend",
                        "inet_listener tcp {",
                        "unix_listener tcp {",
                        "warning doveadm: doveadm does not"),
                arguments(
                        "2.3-proxy",
                        "metric proxy_session_started {",
                        "metric other {",
                        "warning statistics: what this proxy publishes about backends lacks something, there is no"
                                + " metric proxy_session_started;"),
                arguments(
                        "2.4-proxy",
                        "service stats {\n  inet_listener http {",
                        "service stats {\n  unix_listener http {",
                        "warning statistics: how this proxy gets on with backends is published nowhere"),
                arguments("2.4-proxy", "# 2.4.1-4", "# 2.4.2-1", "warning dovecot: Dovecot 2.4.2-1 is newer"),
                arguments("2.3-proxy", "base_dir = /run/dovecot", "base_dir = /run/mail", "error base-dir: Dovecot's"),
                arguments(
                        "2.3-proxy",
                        "  service_count = 0",
                        "",
                        "warning sessions: this proxy serves 100 sessions of imap at most: imap-login has 100"
                                + " processes with 1 each; set service_count = 0"),
                arguments(
                        "2.4-proxy",
                        "process_limit = 400",
                        "process_limit = 50",
                        "warning sessions: this proxy serves 50 sessions of submission at most"),
                arguments(
                        "2.4-proxy",
                        "client_limit = 1000\n  process_limit = 100",
                        "client_limit = 20\n  process_limit = 5",
                        "pop3-login has 5 processes with 20 each; set restart_request_count = unlimited, or a higher"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("mistakes")
    void a_mistake_is_found_and_nothing_else_of_its_kind_is_made_up(
            String server, String right, String wrong, String expected) throws IOException {
        String printed = printed(server);
        assertThat(printed).contains(right);

        assertThat(findings(server, printed.replace(right, wrong), BASE_DIR))
                .anySatisfy(line -> assertThat(line).contains(expected));
    }

    @Test
    void a_process_limit_for_all_services_counts() throws IOException {
        String single =
                printed("2.3-proxy").replace("  service_count = 0", "").replaceAll("  process_limit = \\d+", "");
        assertThat(findings("2.3-proxy", single, BASE_DIR)).hasSize(3).allMatch(line -> line.contains("sessions"));

        String more = single.replace("base_dir = /run", "default_process_limit = 5000\nbase_dir = /run");
        assertThat(findings("2.3-proxy", more, BASE_DIR)).isEmpty();
    }

    @Test
    void mail_processes_of_2_4_2_ask_by_a_setting() throws IOException {
        String byOption = printed("2.4-backend").replace("# 2.4.1-4", "# 2.4.2-1");
        assertThat(findings("2.4-backend", byOption, BASE_DIR)).anySatisfy(line -> assertThat(line)
                .contains("imap does not start, its executable is 'imap -a pombal/auth-master'", "no option -a"));

        String without = byOption.replace(" -a pombal/auth-master", "");
        assertThat(findings("2.4-backend", without, BASE_DIR)).anySatisfy(line -> assertThat(line)
                .contains("pop3 does not ask the node, its auth_master_socket_path is 'auth-master'")
                .contains("set auth_master_socket_path = /run/dovecot/pombal/auth-master"));

        String bySetting = without.replace(
                "base_dir = /run", "auth_master_socket_path = /run/dovecot/pombal/auth-master\nbase_dir = /run");
        assertThat(findings("2.4-backend", bySetting, BASE_DIR))
                .singleElement()
                .asString()
                .contains("warning dovecot: Dovecot 2.4.2-1 is newer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3-proxy", "2.4-backend"})
    void a_protocol_that_is_not_served_needs_nothing(String server) throws IOException {
        String without = printed(server)
                .replace("protocols = imap pop3 submission lmtp sieve", "protocols = pop3")
                .replace("imap-login pombal/cluster", "imap-login")
                .replace("imap -a pombal/auth-master", "imap")
                .replace("lmtp_proxy = yes", "");

        assertThat(findings(server, without, BASE_DIR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3-proxy", "2.4-backend"})
    void var_run_is_run(String server) throws IOException {
        assertThat(findings(server, printed(server), Path.of("/var/run/dovecot")))
                .isEmpty();
    }

    private static List<String> findings(String server, String printed, Path nodeBaseDir) {
        Doveconf conf = Doveconf.parse(printed);
        DovecotFacts facts =
                new DovecotFacts(conf, DovecotVersion.parse(conf.release()), server.endsWith("backend"), nodeBaseDir);
        return DovecotCheck.ALL.stream()
                .flatMap(check -> check.look(facts))
                .map(Finding::toString)
                .toList();
    }

    private static String printed(String server) throws IOException {
        try (InputStream text =
                Objects.requireNonNull(DovecotCheckTest.class.getResourceAsStream(server + ".txt"), server)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
