package org.pombal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.deployment.Checkout.Ran;
import org.pombal.geodb.migration.SchemaState;
import org.pombal.geodb.migration.SchemaVersion;

/** What decides whether an upgrade restarts a node, by a program in pombal's place that says what pombal says. */
class SchemaFitsTest {

    private static final SchemaVersion OLDER = new SchemaVersion(1, 16);
    private static final SchemaVersion NEWER = new SchemaVersion(1, 17);
    private static final SchemaVersion LATER_MAJOR = new SchemaVersion(2, 1);

    @TempDir
    private Path folder;

    private Ran run(String body) throws Exception {
        Path program = Files.writeString(folder.resolve("pombal"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Checkout.run(
                folder,
                Map.of("POMBAL", program.toString(), "POMBAL_SCHEMA_PATIENCE", "1"),
                List.of(
                        "sh",
                        Checkout.PACKAGING.resolve("src/system/schema-fits").toString()));
    }

    private Ran whenStatusSays(SchemaState state) throws Exception {
        Path said = Files.writeString(folder.resolve("said"), "node 10.0.0.1:9042, UP\n" + state.message() + "\n");
        return run("[ \"$*\" = 'geodb status' ] || exit 64\ncat '" + said + "'\nexit "
                + (state instanceof SchemaState.Usable ? 0 : 69));
    }

    @Test
    void a_schema_that_can_be_used_is_no_reason_to_wait() throws Exception {
        assertThat(whenStatusSays(new SchemaState.Usable("d8s_cluster", NEWER))).isEqualTo(new Ran(0, ""));
    }

    @Test
    void where_the_schema_is_too_old_or_too_new_the_former_node_goes_on() throws Exception {
        for (SchemaState state : List.of(
                new SchemaState.TooOld("d8s_cluster", OLDER, NEWER),
                new SchemaState.TooNew("d8s_cluster", LATER_MAJOR, NEWER))) {
            Ran ran = whenStatusSays(state);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.said())
                    .contains(state.message(), "The former node goes on", "systemctl restart pombal-node")
                    .doesNotContain("10.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 'pombal: cannot connect to Cassandra at 127.0.0.1:9: the connection was closed' >&2; exit 69",
                "echo 'pombal: CASSANDRA_PORT = many (line 3): is not a number' >&2; exit 78",
                "exec sleep 60",
            })
    void what_is_not_known_is_no_reason_to_wait(String body) throws Exception {
        assertThat(run(body)).isEqualTo(new Ran(0, ""));
    }
}
