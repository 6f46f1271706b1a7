package org.pombal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PombalTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path file;

    PombalTest(@TempDir Path folder) {
        file = folder.resolve("pombal.conf");
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        return new Pombal(new PrintWriter(out, true), new PrintWriter(err, true), environment).run(arguments);
    }

    private String write(String content) throws IOException {
        return Files.writeString(file, content).toString();
    }

    @Test
    void without_a_command_it_shows_the_commands_as_wrong_usage() {
        assertThat(run()).isEqualTo(64);
        assertThat(err.toString()).contains("Usage: pombal ", "settings", "version");
    }

    @Test
    void a_misspelt_command_is_wrong_usage_and_the_right_one_is_suggested() {
        assertThat(run("setings")).isEqualTo(64);
        assertThat(err.toString()).contains("'setings'", "pombal settings", "Try 'pombal --help'.");
    }

    @Test
    void help_is_no_error() {
        assertThat(run("settings", "show", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: pombal settings show");
    }

    @Test
    void version_names_pombal_and_java() {
        assertThat(run("version")).isZero();
        assertThat(out.toString())
                .containsPattern("Pombal \\d")
                .contains("Java " + System.getProperty("java.runtime.version"));
    }

    @Test
    void settings_in_force_show_their_origin() throws Exception {
        assertThat(run(Map.of("LOG_FORMAT", "json"), "settings", "show", "-c", write("log_level = warn")))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "log_level = warn  # " + file + ":1\n",
                        "log_format = json  # environment variable LOG_FORMAT\n");
    }

    @Test
    void settings_at_their_default_may_be_left_out() throws Exception {
        assertThat(run("settings", "show", "--given", "-c", write("log_level = warn")))
                .isZero();
        assertThat(out.toString()).isEqualTo("log_level = warn  # " + file + ":1\n");
    }

    @Test
    void bad_settings_are_all_named_without_a_stack_trace() throws Exception {
        assertThat(run("settings", "check", write("log_level = loud\nlog_fromat = text\n")))
                .isEqualTo(78);
        assertThat(err.toString())
                .startsWith("pombal: 2 settings are wrong:\n")
                .contains(
                        file
                                + ":1: log_level = loud: no such choice; allowed is one of error, warn, info, debug, trace",
                        file + ":2: unknown setting log_fromat; did you mean log_format?")
                .doesNotContain("\tat ");
    }

    @Test
    void a_certificate_file_that_cannot_be_used_is_a_wrong_setting() {
        Map<String, String> environment =
                Map.of("CASSANDRA_TLS_ENABLED", "yes", "CASSANDRA_TLS_CA_FILE", file.toString());
        assertThat(run(environment, "geodb", "status")).isEqualTo(78);
        assertThat(run(environment, "geodb", "init")).isEqualTo(78);
        assertThat(err.toString()).contains(file.toString()).doesNotContain("\tat ");
    }

    @Test
    void a_demo_outside_loopback_or_with_impossible_ports_is_wrong_usage() {
        assertThat(run("demo", "--network", "10.0.0")).isEqualTo(64);
        assertThat(run("demo", "--network", "127.0.256")).isEqualTo(64);
        assertThat(run("demo", "--port-shift", "-1000")).isEqualTo(64);
        assertThat(run("demo", "--port-shift", "60000")).isEqualTo(64);
        assertThat(err.toString())
                .contains("--network 10.0.0", "--network 127.0.256", "--port-shift -1000", "--port-shift 60000")
                .doesNotContain("\tat ");
    }

    @Test
    void a_good_file_is_called_good() throws Exception {
        assertThat(run("settings", "check", write("log_level = debug"))).isZero();
        assertThat(out.toString()).isEqualTo(file + " is good\n");
    }

    @Test
    void the_committed_reference_page_is_current() throws Exception {
        Path page = Path.of(System.getProperty("pombal.checkout"), "docs", "configuration.md");
        assertThat(run("settings", "reference")).isZero();
        assertThat(page).as("docs/configuration.md; script/docs writes it anew").hasContent(out.toString());
    }

    @Test
    void the_committed_completion_is_current_and_knows_the_cluster_commands() throws Exception {
        Path script = Path.of(System.getProperty("pombal.checkout"), "docs", "completion", "pombal.bash");
        assertThat(run("completion")).isZero();
        assertThat(script)
                .as("docs/completion/pombal.bash; script/docs writes it anew")
                .hasContent(out.toString());
        assertThat(out.toString()).contains("--load-factor", "standby", "flow", "--dry-run");
    }

    @Test
    void the_cluster_commands_are_there_without_the_launcher_too() {
        assertThat(run("cluster", "backend", "list", "--socket", "/nowhere/node.sock"))
                .isEqualTo(75);
    }
}
