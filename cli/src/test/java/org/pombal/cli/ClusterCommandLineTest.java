package org.pombal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that are good, and what is printed. */
@Timeout(60)
class ClusterCommandLineTest extends NodeInATest {

    private static final String B1 =
            "{\"host\":\"b1\",\"site\":\"lisbon\",\"status\":\"online\",\"load-factor\":100,\"id\":\"i1\"}";
    private static final String B2 =
            "{\"host\":\"b2.example.org\",\"site\":\"lisbon\",\"status\":\"standby\",\"load-factor\":0,\"id\":\"i2\"}";

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

    @Test
    void a_row_with_sentences_has_a_line_for_each_value() throws IOException {
        StubNode stub = node("{\"user\":\"alice\",\"why\":\"home is group default-1\"}");
        assertThat(run(stub, "cluster", "user", "status", "alice").out())
                .startsWith("user: alice\n")
                .contains("\nwhy: home is group default-1\n");
    }

    @Test
    void a_note_stays_on_the_terminal_while_progress_is_written_over() throws IOException {
        StubNode stub = node("{\"progress\":\"note: take care\"}", "{\"progress\":\"1 of 2 groups moved\"}");
        assertThat(Ran.with(TERMINAL, "", Map.of(), at(stub, "cluster", "backend", "evacuate", "b1"))
                        .err())
                .isEqualTo("note: take care\n\r\u001b[K1 of 2 groups moved\r\u001b[K");
        assertThat(run(stub, "cluster", "backend", "evacuate", "b1").err())
                .isEqualTo("note: take care\n1 of 2 groups moved\n");
    }
}
