package org.pombal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that are not sent as they are. */
@Timeout(60)
class WrongCallsTest extends NodeInATest {

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
                "cluster backend lst | there is no command 'lst'; did you mean list or status? See 'doveadm cluster backend --help'",
                "cluster nothing | there is no command 'nothing'",
                "cluster site list --wait | unknown option '--wait'; see 'doveadm cluster site list --help'",
                "cluster backend update --load-factor 101 b1 | load-factor is '101'; it must be a whole number from 0 to 100",
                "cluster backend update --load-factor 5x b1 | load-factor is '5x'",
                "cluster backend update --load-factor | Missing required parameter for option '--load-factor'",
                "cluster backend add | give one of self, host",
                "cluster backend add --self b1 | self, host exclude one another",
                "cluster backend add 192.0.2.1 | host is '192.0.2.1'; it must be a host name, not an IP address",
                "cluster group move lisbon default-1 | host is missing",
                "cluster group move a b c d | 'd' is a word too many",
                "cluster group stay lisbon | group is missing",
                "cluster tag create --id 1-2 x | id is '1-2'; it must be a UUID",
                "cluster user move alice | group is missing",
                "cluster user stay | user is missing",
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
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
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
        assertThat(Ran.with("cluster", "backnd", "list").err()).contains("did you mean", "backend");
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
}
