package org.pombal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.deployment.Checkout.Ran;

/** What check-values says of files of values: the same as Helm, and where. */
class CheckValuesTest {

    private static final Path HELM = Checkout.PACKAGING.resolve("helm");

    @TempDir
    private Path folder;

    private Ran check(Path... files) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("python3", HELM.resolve("check-values").toString()));
        for (Path file : files) {
            command.add(file.toString());
        }
        return Checkout.run(folder, Map.of(), command);
    }

    @Test
    void the_examples_are_good() throws Exception {
        assertThat(check(HELM.resolve("examples/global.yaml"), HELM.resolve("examples/controller.yaml")))
                .isEqualTo(new Ran(0, ""));
    }

    @Test
    void each_problem_has_its_file_line_and_field() throws Exception {
        Path global = Files.writeString(folder.resolve("global.yaml"), """
                global:
                  site: ""
                  cassandra:
                    port: "9042"
                    prot: 1
                """);
        Path controller = Files.writeString(folder.resolve("controller.yaml"), """
                # comment
                replicas: two
                prometheus:
                  nodes:
                    - b1:1
                    - b1
                replica: 3
                settings: {A B: 1}
                secretSettings: {NAME: {secret: s}}
                """);
        Ran ran = check(global, controller);
        assertThat(ran.code()).isEqualTo(78);
        assertThat(ran.said().lines().map(line -> line.replace(folder + "/", "")))
                .containsExactly(
                        "global.yaml:2: global.site: '' should be non-empty",
                        "global.yaml:3: global.cassandra.servers: [] should be non-empty",
                        "global.yaml:4: global.cassandra.port: '9042' is not of type 'integer'",
                        "global.yaml:5: global.cassandra.prot: is no value of this chart",
                        "controller.yaml:2: replicas: 'two' is not of type 'integer'",
                        "controller.yaml:6: prometheus.nodes.1: 'b1' does not match '^[A-Za-z0-9.\\\\[\\\\]:-]+:[0-9]+$'",
                        "controller.yaml:7: replica: is no value of this chart",
                        "controller.yaml:8: settings: 'A B' does not match '^[A-Za-z][A-Za-z0-9_]*$'",
                        "controller.yaml:9: secretSettings.NAME.key: is needed");
    }

    @Test
    void what_is_no_yaml_and_what_is_not_there_is_said() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "replicas: 1\nredis: [\n");
        assertThat(check(broken).said()).startsWith(broken + ":3: ");
        assertThat(check(folder.resolve("none.yaml")).said())
                .isEqualTo(folder.resolve("none.yaml") + ": No such file or directory\n");
    }
}
