package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built command line behind its launchers, as a shell starts it. */
@Timeout(120)
class CommandLineTest {

    private static final Path HOME = Product.home();
    private static final Path LAUNCHERS =
            HOME.resolve("../../src/main/launcher").normalize();
    private static final String ROW = "[[\"doveadmResponse\",[{\"user\":\"josé\"}],\"pombal\"]]";

    private final StubNode node;
    private final Path socket;

    private record Ended(int exitCode, String output) {}

    CommandLineTest(@TempDir Path folder) throws IOException {
        socket = folder.resolve("node.sock");
        node = StubNode.start(socket, ROW);
    }

    @AfterEach
    void stopNode() throws IOException {
        node.close();
    }

    private Ended run(String program, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(LAUNCHERS.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return run("", command);
    }

    private Ended run(String input, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("POMBAL_HOME", HOME.toString());
        builder.environment().put("POMBAL_SOCKET", socket.toString());
        builder.environment().put("LC_ALL", "C"); // the poorest there is
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    @Test
    void names_pass_unchanged_whatever_the_locale() throws Exception {
        String name = "jos\u00e9@\u4f8b\u3048.jp";
        Ended ended = run(
                name, List.of("bash", "-c", "'" + LAUNCHERS.resolve("pombal") + "' cluster user delete \"$(cat)\""));
        assertThat(ended).isEqualTo(new Ended(0, "user=josé\n"));
        assertThat(node.requests()).singleElement().asString().endsWith("{\"user\":\"" + name + "\"},\"pombal\"]]");
    }

    @Test
    void a_name_with_bytes_that_are_no_utf_8_is_refused() throws Exception {
        Ended ended = run("", List.of("bash", "-c", "'" + LAUNCHERS.resolve("pombal") + "' cluster kick $'caf\\xe9'"));
        assertThat(ended.exitCode()).isEqualTo(64);
        assertThat(ended.output()).contains("pombal: cluster kick: user is ");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void the_wrapper_runs_the_same_command_behind_the_options_of_doveadm() throws Exception {
        assertThat(run("doveadm", "-f", "json", "-o", "mail_debug=yes", "cluster", "user", "delete", "x"))
                .isEqualTo(new Ended(0, "[{\"user\":\"josé\"}]"));
    }

    @Test
    void the_wrapper_hands_other_commands_to_the_real_doveadm() throws Exception {
        Ended ended = run("doveadm", "pw", "-s", "PLAIN", "-p", "cluster");
        assertThat(ended).isEqualTo(new Ended(0, "{PLAIN}cluster\n"));
    }

    @Test
    void users_come_through_the_standard_input() throws Exception {
        Ended ended =
                run("alice\n", List.of(LAUNCHERS.resolve("pombal").toString(), "cluster", "user", "access", "-F", "-"));
        assertThat(ended.exitCode()).isZero();
        assertThat(node.requests()).singleElement().asString().contains("{\"userFile\":\"alice\"}");
    }

    @Test
    void a_table_is_made_for_the_width_of_the_terminal() throws Exception {
        String command = "stty cols 50; '" + LAUNCHERS.resolve("pombal") + "' -f table cluster user delete x";
        Ended ended = run("", List.of("script", "--quiet", "--return", "--command", command, "/dev/null"));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        // 4 wide, and half of the 46 that are left
        assertThat(ended.output().replace("\r", ""))
                .contains("user" + " ".repeat(23) + "\njosé" + " ".repeat(23) + "\n");
    }
}
