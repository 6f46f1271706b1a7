package org.pombal.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.text;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsResolverTest {

    private static final Setting<String> SITE = Setting.named("cluster_local_site", text())
            .description("Name of the site.")
            .environmentName("CLUSTER_SITE")
            .required();
    private static final Setting<Integer> PORT = Setting.named("CASSANDRA_PORT", wholeNumber(1, 65535))
            .description("Port.")
            .withDefault(9042);
    private static final Setting<String> DATA_CENTRE = Setting.named("CASSANDRA_LOCAL_DC", text())
            .description("Data centre.")
            .formerly("CASSANDRA_SITE")
            .withDefault("dc1");
    private static final Setting<Optional<String>> PASSWORD = Setting.named("CASSANDRA_PASSWORD", text())
            .description("Password.")
            .secret()
            .optional();
    private static final Setting<Duration> SHORT = Setting.named(
                    "cluster_short", duration(Duration.ofMillis(1), Duration.ofHours(1)))
            .description("A time.")
            .withDefault(Duration.ofSeconds(1));
    private static final Setting<Duration> LONG = Setting.named(
                    "cluster_long", duration(Duration.ofMillis(1), Duration.ofHours(1)))
            .description("A longer time.")
            .withDefault(Duration.ofSeconds(2));

    private static final SettingsCatalog CATALOG = new SettingsCatalog(List.of(
            SettingsGroup.of("node", "Node", "The node.", SITE, SHORT, LONG)
                    .withRules(new SettingsRule(
                            List.of(SHORT, LONG),
                            settings -> settings.get(SHORT).compareTo(settings.get(LONG)) < 0
                                    ? Optional.empty()
                                    : Optional.of("cluster_short must be below cluster_long")))
                    .withRetired(new RetiredSetting("cluster_site", "use cluster_local_site"))
                    .withUnsupported(
                            UnsupportedSetting.refused("NODE_COLOUR", "nodes have none; leave it out"),
                            UnsupportedSetting.unlessOff("NODE_MUSIC", "nodes are silent"))
                    .withPrefixes("NODE_"),
            SettingsGroup.of("geodb", "GeoDB", "The database.", PORT, DATA_CENTRE, PASSWORD)
                    .withUnsupported(UnsupportedSetting.refused("CASSANDRA_COLOUR", "it has none"))));

    private final Path folder;

    SettingsResolverTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("pombal.conf"), List.of(lines));
    }

    private static Settings resolve(SettingsFile file, Map<String, String> environment) throws SettingsException {
        return new SettingsResolver(CATALOG).resolve(file, environment, Set.of("node"));
    }

    private Settings resolve(String... lines) throws IOException, SettingsException {
        return resolve(SettingsFile.read(write(lines)), Map.of("CLUSTER_SITE", "lisbon"));
    }

    private List<String> problems(String... lines) throws IOException {
        write(lines);
        return catchThrowableOfType(SettingsException.class, () -> resolve(lines))
                .problems();
    }

    private static List<String> problemsOfEnvironment(Map<String, String> environment) {
        return catchThrowableOfType(SettingsException.class, () -> resolve(SettingsFile.none(), environment))
                .problems();
    }

    @Test
    void defaults_hold_where_nothing_is_given() throws Exception {
        Settings settings = resolve();
        assertThat(settings.get(PORT)).isEqualTo(9042);
        assertThat(settings.get(PASSWORD)).isEmpty();
        assertThat(settings.isGiven(PORT)).isFalse();
        assertThat(settings.origin(PORT)).hasToString("default");
    }

    @Test
    void the_file_beats_the_default() throws Exception {
        Settings settings = resolve("", "CASSANDRA_PORT = 9142 # not the usual one");
        assertThat(settings.get(PORT)).isEqualTo(9142);
        assertThat(settings.isGiven(PORT)).isTrue();
        assertThat(settings.origin(PORT)).hasToString(folder.resolve("pombal.conf") + ":2");
    }

    @Test
    void the_environment_beats_the_file() throws Exception {
        Settings settings = resolve("cluster_local_site = porto");
        assertThat(settings.get(SITE)).isEqualTo("lisbon");
        assertThat(settings.origin(SITE)).hasToString("environment variable CLUSTER_SITE");
    }

    @Test
    void a_variable_that_is_empty_counts_as_not_set() throws Exception {
        Settings settings = resolve(SettingsFile.none(), Map.of("CLUSTER_SITE", "lisbon", "CASSANDRA_PORT", ""));
        assertThat(settings.get(PORT)).isEqualTo(9042);
    }

    @Test
    void everything_that_is_wrong_is_reported_together() throws Exception {
        String at = folder.resolve("pombal.conf") + ":";
        assertThat(problems(
                        "CASSANDRA_PORT = 70000",
                        "cluster_local_sites = lisbon",
                        "oops",
                        "cluster_long = 5",
                        "cluster_site = lisbon",
                        "cluster_long = 5s"))
                .containsExactlyInAnyOrder(
                        at + "1: CASSANDRA_PORT = 70000: too big; allowed is a whole number from 1 to 65535",
                        at + "2: unknown setting cluster_local_sites; did you mean cluster_local_site?",
                        at + "3: a line is: name = value, and this one is not",
                        at + "4: cluster_long = 5: the unit is missing (add 's' for seconds, for example); allowed is "
                                + "a time from 1 ms to 1 h, with its unit (ms, s, min, h, d, w)",
                        at + "5: cluster_site is no longer a setting: use cluster_local_site",
                        at + "6: cluster_long is set already at " + at + "4; keep one of them");
    }

    @Test
    void a_password_in_an_address_is_not_shown_where_the_address_is_refused() {
        assertThat(problemsOfEnvironment(
                        Map.of("CLUSTER_SITE", "lisbon", "CASSANDRA_PORT", "tcp://ana:h/unter2@b.example.org:9042")))
                .singleElement(STRING)
                .contains("CASSANDRA_PORT = tcp://(secret)@b.example.org:9042: ")
                .doesNotContain("ana", "unter2");
    }

    @Test
    void a_bad_value_in_the_file_is_found_even_if_a_variable_hides_it() throws Exception {
        write("CASSANDRA_PORT = x");
        SettingsFile file = SettingsFile.read(folder.resolve("pombal.conf"));
        assertThatThrownBy(() -> resolve(file, Map.of("CLUSTER_SITE", "lisbon", "CASSANDRA_PORT", "9042")))
                .hasMessageContaining("CASSANDRA_PORT = x: not a whole number");
    }

    @Test
    void a_required_setting_must_be_given_where_its_group_is_needed() throws Exception {
        assertThat(problemsOfEnvironment(Map.of()))
                .containsExactly("cluster_local_site is not set and has no default: set it in the settings file, or as"
                        + " environment variable CLUSTER_SITE; allowed is text, not empty");
        Settings settings = new SettingsResolver(CATALOG).resolve(SettingsFile.none(), Map.of(), Set.of("geodb"));
        assertThatThrownBy(() -> settings.get(SITE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_bad_variable_is_named() {
        assertThat(problemsOfEnvironment(Map.of("CLUSTER_SITE", "lisbon", "CASSANDRA_PORT", "tcp://10.0.0.1:9042")))
                .containsExactly("environment variable CASSANDRA_PORT: CASSANDRA_PORT = tcp://10.0.0.1:9042:"
                        + " not a whole number; allowed is a whole number from 1 to 65535");
    }

    @Test
    void unknown_variables_with_our_prefixes_are_warned_about_and_others_ignored() throws Exception {
        Settings settings = resolve(
                SettingsFile.none(),
                Map.of("CLUSTER_SITE", "lisbon", "CASSANDRA_PORTS", "1", "CLUSTER_X", "1", "PATH", "/bin"));
        assertThat(settings.warnings())
                .containsExactly(
                        "environment variable CASSANDRA_PORTS is not a setting of Pombal; did you mean CASSANDRA_PORT?",
                        "environment variable CLUSTER_X is not a setting of Pombal");
    }

    @Test
    void an_unknown_variable_that_can_only_be_meant_for_a_part_refuses_its_start() throws Exception {
        Map<String, String> environment = Map.of("CLUSTER_SITE", "lisbon", "NODE_COLUOR", "blue");
        assertThat(problemsOfEnvironment(environment))
                .singleElement()
                .asString()
                .startsWith("environment variable NODE_COLUOR is not a setting of Pombal");
        assertThat(new SettingsResolver(CATALOG)
                        .resolve(SettingsFile.none(), environment, Set.of("geodb"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void what_kubernetes_says_of_services_is_passed_over() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "NODE_SERVICE_HOST", "10.0.0.1",
                "NODE_SERVICE_PORT", "8080",
                "NODE_SERVICE_PORT_HTTP", "8080",
                "NODE_API_SERVICE_PORT", "8080",
                "NODE_PORT", "tcp://10.0.0.1:8080",
                "NODE_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "NODE_PORT_8080_TCP_PROTO", "tcp",
                "NODE_PORT_8080_TCP_PORT", "8080",
                "CASSANDRA_PORT_9042_TCP_ADDR", "10.0.0.1",
                "CLUSTER_SITE", "lisbon"));
        assertThat(resolve(SettingsFile.none(), environment).warnings()).isEmpty();
        environment.put("NODE_PORT", "8080");
        assertThat(problemsOfEnvironment(environment)).hasSize(1);
    }

    @Test
    void an_unsupported_setting_refuses_the_start_with_its_reason() throws Exception {
        assertThat(problems("NODE_COLOUR = blue"))
                .containsExactly(folder.resolve("pombal.conf")
                        + ":1: NODE_COLOUR is not supported, because nodes have none; leave it out");
        assertThat(problemsOfEnvironment(Map.of("CLUSTER_SITE", "lisbon", "NODE_COLOUR", "blue")))
                .containsExactly("environment variable NODE_COLOUR is not supported, because nodes have none; leave it"
                        + " out");
    }

    @Test
    void an_unsupported_switch_may_be_off() throws Exception {
        assertThat(problems("NODE_MUSIC = True")).hasSize(1);
        assertThat(resolve("NODE_MUSIC = False").warnings()).isEmpty();
        assertThat(resolve(SettingsFile.none(), Map.of("CLUSTER_SITE", "lisbon", "NODE_MUSIC", "no"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void what_is_unsupported_in_a_part_that_does_not_start_is_only_warned_about() throws Exception {
        assertThat(resolve(SettingsFile.none(), Map.of("CLUSTER_SITE", "lisbon", "CASSANDRA_COLOUR", "blue"))
                        .warnings())
                .containsExactly("environment variable CASSANDRA_COLOUR is not supported, because it has none");
    }

    @Test
    void a_former_name_is_understood_with_a_warning() throws Exception {
        Settings settings = resolve("CASSANDRA_SITE = west");
        assertThat(settings.get(DATA_CENTRE)).isEqualTo("west");
        assertThat(settings.warnings())
                .singleElement()
                .asString()
                .endsWith("CASSANDRA_SITE is the former name of CASSANDRA_LOCAL_DC");
    }

    @Test
    void present_and_former_name_may_agree_but_not_differ() throws Exception {
        assertThat(resolve("CASSANDRA_SITE = west", "CASSANDRA_LOCAL_DC = west").get(DATA_CENTRE))
                .isEqualTo("west");
        assertThat(problems("CASSANDRA_SITE = west", "CASSANDRA_LOCAL_DC = east"))
                .singleElement()
                .asString()
                .contains("CASSANDRA_LOCAL_DC sets the same as CASSANDRA_SITE, to another value");
    }

    @Test
    void a_rule_between_settings_is_reported_like_any_problem() throws Exception {
        assertThat(problems("cluster_short = 5s")).containsExactly("cluster_short must be below cluster_long");
    }

    @Test
    void a_rule_is_not_asked_about_a_bad_value() throws Exception {
        assertThat(problems("cluster_short = 5s", "cluster_long = none")).hasSize(1);
    }

    @Test
    void a_secret_may_be_in_a_file_of_its_own() throws Exception {
        Files.writeString(folder.resolve("password"), "hunter2\n");
        Settings settings = resolve("CASSANDRA_PASSWORD = <password");
        assertThat(settings.get(PASSWORD)).contains("hunter2");
    }

    @Test
    void a_secret_is_shown_neither_in_force_nor_in_problems() throws Exception {
        assertThat(resolve("CASSANDRA_PASSWORD = hunter2").inForce())
                .noneMatch(line -> line.toString().contains("hunter2"));
        assertThat(problems("CASSANDRA_PASSWORD = \"hunter2\t\"", "CASSANDRA_PASSWORDS = hunter2"))
                .hasSize(2)
                .noneMatch(problem -> problem.contains("hunter2"));
        assertThat(problems("CASSANDRA_PASSWORD = <hunter2"))
                .singleElement()
                .asString()
                .contains("the file it names does not exist")
                .doesNotContain("hunter2");
    }

    @Test
    void settings_in_force_name_value_and_origin() throws Exception {
        assertThat(resolve("cluster_long = 120 s").inForce())
                .contains(
                        new Settings.InForce("CASSANDRA_PORT", "9042", new Origin.Default()),
                        new Settings.InForce(
                                "cluster_long", "2 min", new Origin.Line(folder.resolve("pombal.conf"), 1)));
    }

    @Test
    void a_missing_file_is_a_problem_among_others() {
        SettingsFile file = SettingsFile.read(folder.resolve("absent.conf"));
        assertThatThrownBy(() -> resolve(file, Map.of("CASSANDRA_PORT", "x")))
                .hasMessageContaining("absent.conf does not exist")
                .hasMessageContaining("CASSANDRA_PORT = x")
                .hasMessageContaining("cluster_local_site is not set");
    }

    @Test
    void a_file_in_another_encoding_is_refused_with_its_line() throws Exception {
        Path path = folder.resolve("latin1.conf");
        Files.writeString(path, "# one\ncluster_local_site = s\u00e3o\n", ISO_8859_1);
        assertThatThrownBy(() -> resolve(SettingsFile.read(path), Map.of()))
                .hasMessageContaining("is not UTF-8 text: see line 2");
    }

    @Test
    void line_ends_and_byte_order_mark_of_other_systems_are_understood() throws Exception {
        Path path = folder.resolve("windows.conf");
        Files.writeString(path, "\uFEFFcluster_local_site = lisbon\r\nCASSANDRA_PORT = 1\r\n");
        Settings settings = resolve(SettingsFile.read(path), Map.of());
        assertThat(settings.get(SITE)).isEqualTo("lisbon");
        assertThat(settings.get(PORT)).isEqualTo(1);
    }
}
