package org.pombal.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCatalogTest {

    private record Entry(String command, String flag, String httpName, String type, boolean positional) {}

    private static List<String> lines() throws IOException {
        try (InputStream file = requireNonNull(CommandCatalogTest.class.getResourceAsStream("reference.txt"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<Entry> parameters() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String command = "";
        for (String line : lines()) {
            if (line.startsWith(" ")) {
                String[] words = line.strip().split(" ", -1);
                entries.add(new Entry(command, words[0], words[1], words[2], words.length > 3));
            } else {
                command = line;
            }
        }
        return entries;
    }

    @Test
    void has_the_commands_of_the_reference_and_no_others() throws IOException {
        Set<String> expected =
                lines().stream().filter(line -> !line.startsWith(" ")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(CommandCatalog.commands()).extracting(ClusterCommand::words).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void has_every_parameter_of_the_reference(Entry entry) {
        ClusterCommand command = CommandCatalog.find(entry.command()).orElseThrow();
        Parameter parameter = command.parameterMatching(entry.httpName()).orElseThrow();
        assertThat(parameter.httpName()).isEqualTo(entry.httpName());
        if (entry.positional()) {
            assertThat(parameter.positional()).isTrue();
        } else {
            assertThat(parameter.flags().get(0)).isEqualTo(entry.flag());
        }
        assertThat(type(parameter.type())).isEqualTo(entry.type());
    }

    private static String type(ParameterType type) {
        if (type instanceof ParameterType.Flag) {
            return "flag";
        } else if (type instanceof ParameterType.YesNo) {
            return "yes-no";
        }
        return type instanceof ParameterType.WholeNumber ? "integer" : "text";
    }

    @Test
    void has_no_parameter_that_the_fixture_does_not_know() throws IOException {
        Set<String> known = parameters().stream()
                .map(entry -> entry.command() + " " + entry.httpName())
                .collect(Collectors.toSet());
        known.addAll(List.of("cluster proxy list site"));
        assertThat(CommandCatalog.commands())
                .flatExtracting(command -> command.parameters().stream()
                        .map(parameter -> command.words() + " " + parameter.httpName())
                        .toList())
                .isSubsetOf(known);
    }

    @Test
    void positional_parameters_come_in_the_order_of_the_reference() {
        assertThat(CommandCatalog.find("cluster group move").orElseThrow().parameters())
                .filteredOn(Parameter::positional)
                .extracting(Parameter::name)
                .containsExactly("site", "group", "host");
        assertThat(CommandCatalog.find("cluster user move").orElseThrow().parameters())
                .filteredOn(Parameter::positional)
                .extracting(Parameter::name)
                .containsExactly("user", "group", "failover-group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster backend add", "cluster-backend-add", "clusterBackendAdd", "cluster backendAdd"})
    void finds_a_command_by_each_of_its_spellings(String name) {
        assertThat(CommandCatalog.find(name).orElseThrow().words()).isEqualTo("cluster backend add");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clusterbackendadd", "Cluster backend add", "cluster backend", "cluster backend add ", ""})
    void finds_no_command_by_another_name(String name) {
        assertThat(CommandCatalog.find(name)).isEmpty();
    }

    @Test
    void every_command_is_explained_has_an_example_and_describes_its_columns() {
        assertThat(CommandCatalog.commands()).allSatisfy(command -> {
            assertThat(command.summary()).endsWith(".");
            assertThat(command.explanation()).isNotBlank();
            assertThat(command.example()).startsWith(command.words());
            assertThat(command.columns()).isNotEmpty().allSatisfy(column -> {
                assertThat(column.title()).matches("[a-z]+(-[a-z]+)*");
                assertThat(column.description()).isNotBlank();
            });
            assertThat(command.columns()).extracting(Column::title).doesNotHaveDuplicates();
        });
    }

    @Test
    void every_parameter_says_what_it_is_for_and_no_flag_is_used_twice() {
        assertThat(CommandCatalog.commands()).allSatisfy(command -> {
            assertThat(command.parameters())
                    .allSatisfy(parameter -> assertThat(parameter.help()).isNotBlank());
            assertThat(command.parameters()).flatExtracting(Parameter::flags).doesNotHaveDuplicates();
        });
    }

    @Test
    void every_command_is_in_the_group_of_its_words() {
        assertThat(CommandCatalog.groups()).allSatisfy(group -> assertThat(group.commands())
                .isSortedAccordingTo((a, b) -> a.words().compareTo(b.words()))
                .allSatisfy(command -> assertThat(command.words()).startsWith(group.words() + " ")));
    }
}
