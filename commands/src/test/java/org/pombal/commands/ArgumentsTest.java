package org.pombal.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.commands.Problem.Kind;

class ArgumentsTest {

    private static final String SOME_ID = "8a4e4a5c-3f0b-4b0e-9d52-1c7f5a2b9e10";

    private static Checked check(String command, String... namesAndValues) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return CommandCatalog.find(command).orElseThrow().check(given);
    }

    private static Arguments good(String command, String... namesAndValues) {
        Checked checked = check(command, namesAndValues);
        assertThat(checked).isInstanceOf(Arguments.class);
        return (Arguments) checked;
    }

    private static Problem onlyProblem(String command, String... namesAndValues) {
        Checked checked = check(command, namesAndValues);
        assertThat(checked).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.problems())
                .hasSize(1));
        return ((Refusal) checked).problems().get(0);
    }

    @Test
    void gives_the_values_in_their_types() {
        Arguments update =
                good("cluster backend update", "host", "b1.example.org", "loadFactor", "50", "status", "standby");
        assertThat(update.required("host")).isEqualTo("b1.example.org");
        assertThat(update.wholeNumber("load-factor")).hasValue(50);
        assertThat(update.flag("self")).isFalse();
        Arguments group = good("cluster group update", "site", "lisbon", "group", "default-1", "sticky-backend", "no");
        assertThat(group.yesOrNo("sticky-backend")).contains(false);
        assertThat(group.yesOrNo("sticky-users")).isEmpty();
        assertThat(good("cluster tag create", "name", "x", "id", SOME_ID).uuid("id"))
                .contains(UUID.fromString(SOME_ID));
        assertThat(good("cluster group list").mask("mask")).isEqualTo(Mask.ALL);
    }

    @Test
    void takes_the_lines_of_a_user_file_without_its_blank_ones() {
        assertThat(good("cluster user access", "userFile", "\nalice\r\n \n bob \n")
                        .users("user-file"))
                .containsExactly("alice", "bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load-factor", "load factor", "loadFactor"})
    void knows_each_spelling_of_a_parameter(String spelling) {
        assertThat(good("cluster backend update", "self", "true", spelling, "0").wholeNumber("load-factor"))
                .hasValue(0);
    }

    @Test
    void names_an_unknown_parameter() {
        Problem problem = onlyProblem("cluster site list", "sit\ne", "lisbon");
        assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(problem.message()).isEqualTo("'cluster site list' has no parameter 'sit\\u000ae'");
    }

    @Test
    void refuses_two_values_and_two_spellings_of_one_parameter() {
        assertThat(onlyProblem("cluster backend update", "self", "true", "loadFactor", "1", "load-factor", "2")
                        .kind())
                .isEqualTo(Kind.REPEATED);
        Checked twice =
                CommandCatalog.find("cluster kick").orElseThrow().check(Map.of("user", List.of("alice", "bob")));
        assertThat(((Refusal) twice).message()).isEqualTo("user is given more than once");
    }

    @Test
    void names_all_that_is_missing() {
        Refusal refusal = (Refusal) check("cluster group move");
        assertThat(refusal.problems())
                .extracting(Problem::kind, Problem::parameter)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.MISSING, "site"),
                        org.assertj.core.groups.Tuple.tuple(Kind.MISSING, "group"),
                        org.assertj.core.groups.Tuple.tuple(Kind.MISSING, "host"));
    }

    @ParameterizedTest
    @CsvSource({
        "cluster backend update, loadFactor, 101, a whole number from 0 to 100",
        "cluster backend update, loadFactor, -1, a whole number from 0 to 100",
        "cluster backend update, loadFactor, 5.5, a whole number from 0 to 100",
        "cluster backend update, loadFactor, 99999999999999999999, a whole number from 0 to 100",
        "cluster backend update, status, evacuate, 'one of online, offline, standby'",
        "cluster backend update, status, Online, 'one of online, offline, standby'",
        "cluster backend update, self, yes, true or false",
    })
    void says_what_a_value_must_be(String command, String name, String value, String allowed) {
        Map<String, List<String>> given =
                new LinkedHashMap<>(Map.of("self", List.of("true"), "loadFactor", List.of("1")));
        given.put(name, List.of(value));
        Refusal refusal = (Refusal) CommandCatalog.find(command).orElseThrow().check(given);
        assertThat(refusal.message()).contains("'" + value + "'; it must be " + allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8a4e4a5c", "8a4e4a5c3f0b4b0e9d521c7f5a2b9e10", "1-1-1-1-1", "x", ""})
    void refuses_a_bad_uuid(String id) {
        assertThat(onlyProblem("cluster tag create", "name", "x", "id", id).kind())
                .isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "b_1", "-b", "a..b", ""})
    void refuses_what_is_no_host_name_of_a_backend(String host) {
        assertThat(onlyProblem("cluster backend remove", "host", host).kind()).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "lb.example.org"})
    void a_load_balancer_may_be_an_address(String host) {
        assertThat(good("cluster site add", "name", "lisbon", "loadBalancer", host)
                        .text("load-balancer"))
                .contains(host);
    }

    @Test
    void an_empty_tag_takes_the_tag_away_but_a_site_needs_a_name() {
        assertThat(good("cluster site update", "name", "lisbon", "tag", "").text("tag"))
                .contains("");
        assertThat(onlyProblem("cluster site add", "name", "").kind()).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "caf\uFFFD"})
    void refuses_users_with_odd_bytes(String user) {
        assertThat(onlyProblem("cluster kick", "user", user).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void refuses_a_user_name_that_is_too_long_without_repeating_all_of_it() {
        Problem problem = onlyProblem("cluster kick", "user", "é".repeat(257));
        assertThat(problem.message()).hasSizeLessThan(200).contains("...", "512 bytes");
        assertThat(good("cluster kick", "user", "é".repeat(256)).required("user"))
                .hasSize(256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "alice\nb\u0001b\n"})
    void refuses_a_user_file_without_users_or_with_odd_ones(String content) {
        assertThat(onlyProblem("cluster user access", "userFile", content).kind())
                .isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb"})
    void refuses_a_bad_mask(String mask) {
        assertThat(onlyProblem("cluster user list", "mask", mask).message()).contains("it must be a mask");
    }

    @Test
    void refuses_both_self_and_a_name_and_neither() {
        assertThat(onlyProblem("cluster backend status", "self", "true", "host", "b1")
                        .message())
                .isEqualTo("self, host exclude one another; give one of them");
        assertThat(onlyProblem("cluster site init", "self", "false").message()).isEqualTo("give one of self, name");
    }

    @Test
    void refuses_an_update_that_changes_nothing() {
        assertThat(onlyProblem("cluster site update", "name", "lisbon").message())
                .isEqualTo("give at least one of load-balancer, status, new-name, tag");
    }

    @Test
    void refuses_yes_without_update() {
        assertThat(onlyProblem("cluster site init", "name", "lisbon", "yes", "true")
                        .message())
                .isEqualTo("yes is only for update");
    }

    @Test
    void damage_needs_consent_unless_nothing_is_done() {
        assertThat(onlyProblem("cluster site init", "name", "lisbon", "update", "true")
                        .message())
                .isEqualTo("update needs yes (or dry-run)");
        assertThat(good("cluster site init", "name", "lisbon", "update", "true", "yes", "true")
                        .flag("yes"))
                .isTrue();
        assertThat(good("cluster site init", "name", "lisbon", "update", "true", "dryRun", "true")
                        .flag("dry-run"))
                .isTrue();
    }

    @Test
    void asking_for_a_parameter_that_the_command_lacks_is_a_fault() {
        assertThatThrownBy(() -> good("cluster site list").flag("wait"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wait");
    }
}
