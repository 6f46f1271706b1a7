package org.pombal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.deployment.Checkout.Ran;

/** What cassandra-bootstrap.sh does, by a program in pombal's place. What pombal does then is tested where pombal is. */
class CassandraBootstrapTest {

    private static final Path SCRIPT = Checkout.PACKAGING.resolve("compose/cassandra-bootstrap.sh");

    /** Any file that is there. */
    private static final String CONFIG = SCRIPT.toString();

    @TempDir
    private Path folder;

    /** @param codes exit codes of 'pombal geodb', one run after another; the last stays */
    private Ran run(String settings, String codes, Map<String, String> more) throws Exception {
        Path program = Files.writeString(folder.resolve("pombal"), """
                #!/bin/sh
                echo "$*" >>"%1$s/calls"
                case $1 in
                  settings) printf '%2$s'; exit ${SETTINGS_CODE:-0} ;;
                esac
                set -- %3$s
                [ ! -e "%1$s/run" ] || . "%1$s/run"
                code=$1
                [ $# -eq 1 ] || shift
                echo "set -- $*" >"%1$s/run"
                exit "$code"
                """.formatted(folder, settings, codes));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment = new HashMap<>(
                Map.of("POMBAL", program.toString(), "POMBAL_CONFIG", CONFIG, "CASSANDRA_BOOTSTRAP_PAUSE", "0"));
        environment.putAll(more);
        return Checkout.run(folder, environment, List.of("sh", SCRIPT.toString()));
    }

    private List<String> calls() throws Exception {
        return Files.readAllLines(folder.resolve("calls"));
    }

    @Test
    void creates_what_is_missing_if_it_is_to() throws Exception {
        assertThat(run("INIT_GEODB_SCHEMA = yes  # default\\n", "0", Map.of()).code())
                .isZero();
        assertThat(calls()).containsExactly("settings show --config " + CONFIG, "geodb init --config " + CONFIG);
    }

    @Test
    void only_looks_if_it_is_not_to() throws Exception {
        assertThat(run("INIT_GEODB_SCHEMA = no  # c:7\\n", "0", Map.of()).code())
                .isZero();
        assertThat(calls()).containsExactly("settings show --config " + CONFIG, "geodb status --config " + CONFIG);
    }

    @Test
    void waits_while_cassandra_is_not_there() throws Exception {
        assertThat(run("INIT_GEODB_SCHEMA = yes\\n", "69 69 69 0", Map.of()).code())
                .isZero();
        assertThat(calls()).hasSize(5);
    }

    @Test
    void gives_up_when_it_takes_too_long() throws Exception {
        Ran ran = run("INIT_GEODB_SCHEMA = yes\\n", "69", Map.of("CASSANDRA_BOOTSTRAP_PATIENCE", "0"));
        assertThat(ran.code()).isEqualTo(69);
        assertThat(ran.said()).contains("gave up after 0 s: 'pombal geodb init' did not succeed");
    }

    @Test
    void does_not_wait_for_what_waiting_does_not_mend() throws Exception {
        assertThat(run("INIT_GEODB_SCHEMA = yes\\n", "78", Map.of()).code()).isEqualTo(78);
        assertThat(calls()).hasSize(2);
    }

    @Test
    void without_a_file_the_environment_is_all() throws Exception {
        assertThat(run("INIT_GEODB_SCHEMA = yes\\n", "0", Map.of("POMBAL_CONFIG", "/nonexistent"))
                        .code())
                .isZero();
        assertThat(calls()).containsExactly("settings show", "geodb init");
    }

    @Test
    void wrong_settings_end_it_before_anything_is_done() throws Exception {
        Ran ran = run("c:3: CASSANDRA_PORT = x\\n", "0", Map.of("SETTINGS_CODE", "78"));
        assertThat(ran.code()).isEqualTo(78);
        assertThat(calls()).containsExactly("settings show --config " + CONFIG);
        assertThat(run("", "0", Map.of("CASSANDRA_BOOTSTRAP_PATIENCE", "long")).said())
                .contains("CASSANDRA_BOOTSTRAP_PATIENCE = 'long' is no number of seconds");
    }
}
