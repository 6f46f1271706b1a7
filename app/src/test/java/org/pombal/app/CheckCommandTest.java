package org.pombal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.check.Finding;

@Timeout(60)
class CheckCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment) {
        return new Pombal(new PrintWriter(out, true), new PrintWriter(err, true), environment).run("check");
    }

    @Test
    void where_nothing_is_there_each_part_gets_its_line() {
        int exitCode = run(Map.of(
                "CLUSTER_SITE", "here",
                "CLUSTER_STORAGE", "shared",
                "CLUSTER_DOVECOT_BASE_DIR", folder.toString(),
                "CLUSTER_DOVECONF_COMMAND", "/nowhere/doveconf -c x",
                "CASSANDRA_SERVERS", "127.0.0.1",
                "CASSANDRA_PORT", "1"));

        assertThat(out.toString())
                .startsWith("error geodb: GeoDB cannot be used: cannot connect to Cassandra at 127.0.0.1:1")
                .contains("error dovecot: cannot run '/nowhere/doveconf -c x -N'", "error sockets: ", "6 errors found")
                .doesNotContain("\tat ");
        assertThat(exitCode).as(err.toString()).isEqualTo(1);
    }

    @Test
    void without_settings_it_says_so_and_looks_at_nothing() {
        assertThat(run(Map.of())).isEqualTo(78);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_documentation_explains_every_line() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("pombal.checkout"), "docs", "troubleshooting.md"));
        for (Finding.Subject subject : Finding.Subject.values()) {
            assertThat(page).contains("\n| `" + subject + "` |");
        }
    }
}
