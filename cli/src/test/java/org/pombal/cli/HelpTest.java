package org.pombal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;

/** Help, and the examples in it. */
@Timeout(60)
class HelpTest extends NodeInATest {

    private static final String B1 =
            "{\"host\":\"b1\",\"site\":\"lisbon\",\"status\":\"online\",\"load-factor\":100,\"id\":\"i1\"}";

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
}
