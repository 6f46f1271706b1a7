package org.pombal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;

@Timeout(60)
class ClusterCommandLineTest {

    private static final String B1 =
            "{\"host\":\"b1\",\"site\":\"lisbon\",\"status\":\"online\",\"load-factor\":100,\"id\":\"i1\"}";
    private static final String B2 =
            "{\"host\":\"b2.example.org\",\"site\":\"lisbon\",\"status\":\"standby\",\"load-factor\":0,\"id\":\"i2\"}";
    private static final Terminal TERMINAL = new Terminal(true, true, true, OptionalInt.of(80));

    @TempDir
    Path folder = Path.of("/");

    private @Nullable StubNode node;

    @AfterEach
    void stopTheNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    private StubNode node(String... rows) throws IOException {
        StubNode started = StubNode.answering(folder, rows);
        node = started;
        return started;
    }

    private StubNode node(StubNode.Reply reply) throws IOException {
        StubNode started = StubNode.start(folder, reply);
        node = started;
        return started;
    }

    private static Ran run(StubNode at, String... arguments) {
        return Ran.with(at(at, arguments));
    }

    private static String[] at(StubNode node, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--socket", node.socket().toString()));
        return all.toArray(String[]::new);
    }

    @Test
    void sends_a_command_and_prints_its_rows_as_a_table() throws IOException {
        StubNode stub = node(B1, B2);
        Ran ran = run(stub, "cluster", "backend", "list", "--site", "lisbon");
        assertThat(ran).isEqualTo(new Ran(0, """
                        host                             site   status  load-factor id
                        b1                               lisbon online          100 i1
                        b2.example.org                   lisbon standby           0 i2
                        """, ""));
        assertThat(stub.bodies()).containsExactly("[[\"clusterBackendList\",{\"site\":\"lisbon\"},\"pombal\"]]");
        assertThat(stub.heads().get(0)).startsWith("POST /doveadm/v1 HTTP/1.1\r\n");
    }

    @Test
    void prints_a_single_row_as_a_flow_unless_asked_otherwise() throws IOException {
        StubNode stub = node(B1);
        assertThat(run(stub, "cluster", "backend", "add", "--site", "lisbon", "b1")
                        .out())
                .isEqualTo("host=b1 site=lisbon status=online load-factor=100 id=i1\n");
        assertThat(run(stub, "-f", "json", "cluster", "backend", "add", "b1").out())
                .isEqualTo("[" + B1 + "]");
        assertThat(run(stub, "-h", "-ftab", "cluster", "backend", "list").out())
                .isEqualTo("b1\tlisbon\tonline\t100\ti1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'-f json cluster tag list'",
        "'-fjson -o mail_debug=yes cluster tag list'",
        "'-Dvf json -- cluster tag list'",
        "'-v -f json -o a=b -o c=d cluster tag list'",
        "'cluster -f json tag list'",
        "'cluster tag list -f json'"
    })
    void takes_the_global_options_of_doveadm(String line) throws IOException {
        Ran ran = run(node("{\"name\":\"gold\",\"id\":\"i\"}"), line.split(" ", -1));
        assertThat(ran.out()).as(ran.err()).isEqualTo("[{\"name\":\"gold\",\"id\":\"i\"}]");
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void positional_values_fill_what_no_option_has_set_as_with_doveadm() throws IOException {
        StubNode stub = node();
        run(stub, "cluster", "group", "move", "lisbon", "default-1", "b1");
        run(stub, "cluster", "group", "move", "--group", "default-1", "lisbon", "b1", "--direct");
        assertThat(stub.bodies())
                .containsExactly(
                        "[[\"clusterGroupMove\",{\"site\":\"lisbon\",\"group\":\"default-1\",\"host\":\"b1\"},\"pombal\"]]",
                        "[[\"clusterGroupMove\",{\"site\":\"lisbon\",\"group\":\"default-1\",\"host\":\"b1\","
                                + "\"direct\":true},\"pombal\"]]");
    }

    static List<ClusterCommand> commands() {
        return CommandCatalog.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_with_its_example(ClusterCommand command) {
        List<String> words = new ArrayList<>(Arrays.asList(command.words().split(" ", -1)));
        words.add("--help");
        Ran ran = Ran.with(words.toArray(String[]::new));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith(command.summary())
                .contains("Usage: doveadm " + command.words(), "  doveadm " + command.example());
        command.parameters().forEach(parameter -> assertThat(ran.out())
                .contains(
                        parameter.positional()
                                ? Synopsis.label(parameter)
                                : parameter.flags().get(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "cluster --help",
        "cluster -h",
        "cluster backend --help",
        "cluster localdb --help",
        "cluster localdb user --help",
        "cluster user -h"
    })
    void each_level_has_help_with_an_example(String line) {
        Ran ran = Ran.with(line.split(" ", -1));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("Usage: doveadm cluster", "Commands:", "Example:\n  doveadm cluster ");
    }

    @Test
    void a_narrow_terminal_is_wide_enough() throws IOException {
        Terminal narrow = new Terminal(false, true, false, OptionalInt.of(10));
        assertThat(Ran.with(narrow, "", Map.of(), at(node(B1), "cluster", "backend", "list"))
                        .exitCode())
                .isZero();
        assertThat(Ran.with(narrow, "", Map.of(), "cluster", "--help").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_example_is_a_good_call(ClusterCommand command) throws IOException {
        StubNode stub = node();
        String[] words = command.example().replace("'", "").split(" ", -1);
        assertThat(run(stub, words)).extracting(Ran::exitCode, Ran::err).containsExactly(0, "");
        assertThat(stub.bodies()).singleElement().asString().startsWith("[[\"" + command.httpName() + "\"");
    }

    @ParameterizedTest
    @CsvSource({"''", "cluster", "cluster backend", "cluster localdb user"})
    void without_a_command_shows_what_there_is_and_fails(String line) {
        Ran ran = Ran.with(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("Usage: ", "Commands:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster backend lst | Unmatched argument at index 2: 'lst'",
                "cluster nothing | Unmatched argument at index 1: 'nothing'",
                "cluster site list --wait | Unknown option: '--wait'",
                "cluster backend update --load-factor 101 b1 | load-factor is '101'; it must be a whole number from 0 to 100",
                "cluster backend update --load-factor 5x b1 | load-factor is '5x'",
                "cluster backend update --load-factor | Missing required parameter for option '--load-factor'",
                "cluster backend add | give one of self, host",
                "cluster backend add --self b1 | self, host exclude one another",
                "cluster backend add 192.0.2.1 | host is '192.0.2.1'; it must be a host name, not an IP address",
                "cluster group move lisbon default-1 | host is missing",
                "cluster group move a b c d | Unmatched argument at index 6: 'd'",
                "cluster tag create --id 1-2 x | id is '1-2'; it must be a UUID",
                "cluster user move alice | group is missing",
                "cluster user access | give one of user, user-file, all-users",
                "cluster user access -u a -A | user, all-users exclude one another",
                "-f xml cluster tag list | there is no format 'xml'",
                "-o x cluster tag list | -o is 'x'; it must be SETTING=VALUE",
                "cluster tag list --timeout 0 | --timeout is '0'",
                "cluster tag list --url ftp://x | 'ftp://x' is not the URL of a node",
                "cluster tag list --url http://x | 'http://x' is not the URL of a node",
                "cluster tag list --url http://x:1 --socket /y | --socket and --url exclude one another",
            })
    void bad_input_ends_with_64_and_a_clear_line_and_asks_no_node(String line, String message) {
        Ran ran = Ran.with(line.split(" ", -1));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(64);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines().findFirst().orElse(""))
                .startsWith("doveadm: ")
                .contains(message);
    }

    @Test
    void a_name_with_bytes_that_are_not_utf_8_or_a_line_end_is_refused() {
        assertThat(Ran.with("cluster", "kick", "caf\uFFFD").exitCode()).isEqualTo(64);
        Ran ran = Ran.with("cluster", "kick", "a\nb");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("a\\u000ab");
    }

    @Test
    void a_word_that_is_nearly_a_command_is_suggested() {
        assertThat(Ran.with("cluster", "backnd", "list").err()).contains("Did you mean", "backend");
    }

    @ParameterizedTest
    @CsvSource({"64", "65", "67", "68", "75", "77", "78"})
    void ends_with_the_exit_code_that_the_node_gives_and_its_message(int code) throws IOException {
        StubNode stub = node(StubNode.json(
                "[[\"error\",{\"type\":\"exitCode\",\"exitCode\":" + code + ",\"message\":\"so it is\"},\"pombal\"]]"));
        assertThat(run(stub, "cluster", "kick", "alice")).isEqualTo(new Ran(code, "", "doveadm: so it is\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "unknownMethod, 64, does not know 'cluster kick'",
        "invalidRequest, 64, answered invalidRequest without saying why",
        "unAuthorized, 77, answered unAuthorized",
        "internalError, 75, answered internalError"
    })
    void knows_the_error_types_of_doveadm(String type, int code, String message) throws IOException {
        StubNode stub = node(StubNode.json("[[\"error\",{\"type\":\"" + type + "\", \"exitCode\":0},\"pombal\"]]"));
        Ran ran = run(stub, "cluster", "kick", "alice");
        assertThat(ran.exitCode()).isEqualTo(code);
        assertThat(ran.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "401 Unauthorized, 77, answered 401 Unauthorized: told why; the key is given with --api-key-file",
        "403 Forbidden, 77, answered 403",
        "400 Bad Request, 64, answered 400 Bad Request: told why",
        "404 Not Found, 76, answered 404",
        "503 Service Unavailable, 75, try again",
        "500 Oops, 76, answered 500",
    })
    void says_what_another_http_status_means(String status, int code, String message) throws IOException {
        Ran ran = run(node(StubNode.status(status, "told why\n")), "cluster", "kick", "alice");
        assertThat(ran.exitCode()).isEqualTo(code);
        assertThat(ran.err()).contains(message);
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void says_what_to_do_when_no_node_is_running() {
        Ran ran = Ran.with(
                "cluster", "site", "list", "--socket", folder.resolve("nobody").toString());
        assertThat(ran.exitCode()).isEqualTo(75);
        assertThat(ran.err()).contains("no node answers at " + folder.resolve("nobody"), "Is the node running");
        assertThat(ran.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ended the connection",
                "'HTTP/1.1 200 OK\r\n\r\n[[\"doveadmResponse\",[' | the answer was cut off",
                "'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[[\"doveadmResponse\",[' | cut off",
                "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n[[\"do' | cut off within a chunk",
            })
    void an_answer_that_is_cut_off_leaves_the_outcome_unknown(String answer, String message) throws IOException {
        Ran ran = run(node(StubNode.bytes(answer)), "cluster", "kick", "alice");
        assertThat(ran.exitCode()).isEqualTo(75);
        assertThat(ran.err()).contains(message, "not known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SSH-2.0-OpenSSH",
                "'HTTP/1.1 200 OK\r\n\r\n<html>'",
                "'HTTP/1.1 200 OK\r\n\r\n[]'",
                "'HTTP/1.1 200 OK\r\n\r\n[[\"doveadmResponse\",[{\"user\":[]}],\"pombal\"]]'",
            })
    void what_is_no_answer_of_doveadm_is_a_protocol_error(String answer) throws IOException {
        Ran ran = run(node(StubNode.bytes(answer + "\r\n")), "cluster", "kick", "alice");
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(76);
        assertThat(ran.err()).contains("is not doveadm's");
    }

    @Test
    void a_silent_node_is_not_waited_for_for_ever() throws Exception {
        StubNode stub = node((request, output) -> {
            try {
                Thread.currentThread().join(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Ran ran = run(stub, "cluster", "site", "list", "--timeout", "1");
        assertThat(ran.exitCode()).isEqualTo(75);
        assertThat(ran.err()).contains("is silent", "1 s");
    }

    @Test
    void progress_is_a_line_of_its_own_off_a_terminal_and_is_written_over_on_one() throws IOException {
        StubNode stub = node(
                "{\"progress\":\"1 of 2 users left\"}",
                "{\"progress\":\"none left\"}",
                "{\"user\":\"alice\",\"from\":\"a/1\",\"to\":\"a/2\",\"move-id\":\"m\"}");
        String[] arguments = at(stub, "cluster", "user", "move", "--wait", "alice", "default-2");
        Ran plain = Ran.with(arguments);
        assertThat(plain.out()).isEqualTo("user=alice from=a/1 to=a/2 move-id=m\n");
        assertThat(plain.err()).isEqualTo("1 of 2 users left\n");
        assertThat(Ran.with(TERMINAL, "", Map.of(), arguments).err())
                .isEqualTo("\r\u001b[K1 of 2 users left\r\u001b[Knone left\r\u001b[K");
    }

    @Test
    void a_failure_of_one_of_many_is_told_and_the_others_are_printed() throws IOException {
        StubNode stub = node(
                "{\"user\":\"alice\",\"backend\":\"b1\"}",
                "{\"error\":\"there is no user bob\",\"exitCode\":67}",
                "{\"user\":\"carol\",\"backend\":\"b2\"}");
        Ran ran = run(stub, "-f", "tab", "cluster", "user", "access", "-A");
        assertThat(ran)
                .isEqualTo(new Ran(67, "user\tbackend\nalice\tb1\ncarol\tb2\n", "doveadm: there is no user bob\n"));
    }

    @Test
    void damage_is_asked_about_on_a_terminal() throws IOException {
        StubNode stub = node();
        String[] arguments = at(stub, "cluster", "site", "init", "--update", "lisbon");
        Ran refused = Ran.with(TERMINAL, "n\n", Map.of(), arguments);
        assertThat(refused.exitCode()).isEqualTo(65);
        assertThat(refused.err()).contains("Go on? [y/N] ", "nothing was changed");
        assertThat(Ran.with(TERMINAL, "", Map.of(), arguments).exitCode()).isEqualTo(65);
        assertThat(stub.bodies()).isEmpty();
        assertThat(Ran.with(TERMINAL, "y\n", Map.of(), arguments).exitCode()).isZero();
        assertThat(stub.bodies()).singleElement().asString().contains("\"yes\":true");
    }

    @Test
    void damage_needs_yes_where_there_is_no_terminal() throws IOException {
        StubNode stub = node();
        Ran ran = run(stub, "cluster", "site", "init", "--update", "lisbon");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).contains("--update needs --yes");
        assertThat(run(stub, "cluster", "site", "init", "--update", "--yes", "lisbon")
                        .exitCode())
                .isZero();
        assertThat(run(stub, "cluster", "site", "init", "--update", "--dry-run", "lisbon")
                        .exitCode())
                .isZero();
        assertThat(stub.bodies()).hasSize(2);
    }

    @Test
    void without_rows_prints_what_the_format_has_for_none() throws IOException {
        StubNode stub = node();
        assertThat(run(stub, "-f", "json", "cluster", "tag", "list").out()).isEqualTo("[]");
        assertThat(run(stub, "-f", "tab", "cluster", "tag", "list").out()).isEqualTo("name\tid\n");
        assertThat(run(stub, "-f", "flow", "cluster", "tag", "list").out()).isEmpty();
    }

    @Test
    void names_in_other_scripts_go_there_and_back_unchanged() throws IOException {
        StubNode stub = node("{\"user\":\"josé@例え.jp\"}");
        assertThat(run(stub, "cluster", "user", "delete", "josé@例え.jp").out()).isEqualTo("user=josé@例え.jp\n");
        assertThat(stub.bodies()).singleElement().asString().contains("{\"user\":\"josé@例え.jp\"}");
    }

    @Test
    void the_socket_comes_from_option_override_environment_or_settings_file() throws IOException {
        StubNode stub = node();
        String socket = stub.socket().toString();
        Path file = Files.writeString(
                folder.resolve("pombal.conf"), "# a comment\n cluster_doveadm_socket = \"" + socket + "\" # here\n");
        Map<String, String> wrong = Map.of("POMBAL_SOCKET", "/nowhere");
        assertThat(Ran.with(Ran.NO_TERMINAL, "", wrong, "cluster", "tag", "list", "--socket", socket)
                        .exitCode())
                .isZero();
        assertThat(Ran.with(
                                Ran.NO_TERMINAL,
                                "",
                                wrong,
                                "-o",
                                "cluster_doveadm_socket=" + socket,
                                "cluster",
                                "tag",
                                "list")
                        .exitCode())
                .isZero();
        assertThat(Ran.with(Ran.NO_TERMINAL, "", Map.of("CLUSTER_DOVEADM_SOCKET", socket), "cluster", "tag", "list")
                        .exitCode())
                .isZero();
        assertThat(Ran.with("-c", file.toString(), "cluster", "tag", "list").exitCode())
                .isZero();
        Ran missing = Ran.with("-c", folder.resolve("none").toString(), "cluster", "tag", "list");
        assertThat(missing.exitCode()).isEqualTo(78);
        assertThat(missing.err()).contains("settings file " + folder.resolve("none"));
    }
}
