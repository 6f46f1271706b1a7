package org.pombal.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.app.launcher.Checkout.Outcome;

@Timeout(60)
class LauncherTest {

    private final Checkout checkout;
    private final Path home;

    LauncherTest(@TempDir Path folder) throws IOException {
        checkout = new Checkout(folder);
        home = Files.createDirectories(folder.resolve("installed/pombal"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/pombal.jar"), "");
        Files.writeString(home.resolve("lib/pombal-cli-1.jar"), "");
        for (String script : new String[] {"pombal", "java.sh", "archive.sh", "cluster.sh", "class-archives"}) {
            Path source = checkout.root().resolve("app/src/main/launcher").resolve(script);
            Files.copy(source, home.resolve("bin").resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Outcome launch(Path javaHome, String... arguments) throws Exception {
        return checkout.run(home.resolve("bin/pombal"), javaHome, arguments);
    }

    @Test
    void an_installed_program_finds_its_jars_beside_itself() throws Exception {
        assertThat(launch(checkout.java("21.0.8"), "geodb", "a b").output())
                .contains("java 21.0.8\n", "-Dpombal.home=" + home + "\n")
                .endsWith("-jar\n" + home + "/lib/pombal.jar\ngeodb\na b\n");
    }

    @Test
    void passes_over_a_java_that_is_too_old() throws Exception {
        assertThat(launch(checkout.java("11.0.2"), "version").output()).doesNotContain("java 11.0.2");
    }

    @Test
    void asks_a_java_without_release_file_for_its_version() throws Exception {
        Path java = checkout.java("21.0.8");
        Files.delete(java.resolve("release"));
        Files.writeString(
                java.resolve("bin/java"),
                "#!/usr/bin/env bash\n[[ $1 == -version ]] && echo 'openjdk version \"21.0.8\"' >&2 || echo started\n");
        assertThat(launch(java, "version").output()).isEqualTo("started\n");
    }

    @Test
    void only_the_long_running_daemon_gets_the_optimising_compiler() throws Exception {
        Path java = checkout.java("17.0.1");
        assertThat(launch(java, "version").output()).contains("-XX:TieredStopAtLevel=1");
        assertThat(launch(java, "node").output()).doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cluster", "-fjson cluster", "-f json cluster", "-o a=b cluster", "-v cluster", "-- cluster"})
    void the_cluster_commands_are_a_program_of_their_own(String line) throws Exception {
        Path jar = home.resolve("lib/pombal-cli-1.jar");
        assertThat(launch(checkout.java("17.0.1"), line.split(" ", -1)).output())
                .contains("-Dpombal.program=pombal\n", "-Dpombal.terminal=\n", "-Dpombal.columns=\n")
                .endsWith("-cp\n" + jar + "\norg.pombal.cli.Main\n" + line.replace(' ', '\n') + "\n");
    }

    @Test
    void says_that_the_jar_of_the_cluster_commands_is_missing() throws Exception {
        Files.delete(home.resolve("lib/pombal-cli-1.jar"));
        Outcome outcome = launch(checkout.java("17.0.1"), "cluster", "site", "list");
        assertThat(outcome.exitCode()).isEqualTo(69);
        assertThat(outcome.output()).contains("pombal-cli-*.jar");
    }

    private Path archive(String name) throws IOException {
        return Files.writeString(
                Files.createDirectories(home.resolve("archive")).resolve(name), "archive");
    }

    private static void setAge(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void a_node_starts_from_the_archive_for_its_java() throws Exception {
        setAge(home.resolve("lib/pombal.jar"), Duration.ofMinutes(1));
        Path archive = archive("node-17.0.1.jsa");
        assertThat(launch(checkout.java("17.0.1"), "node").output())
                .contains("-XX:SharedArchiveFile=" + archive + "\n");
        assertThat(launch(checkout.java("17.0.2"), "node").output()).doesNotContain("SharedArchiveFile");
        assertThat(launch(checkout.java("17.0.1"), "version").output()).doesNotContain("SharedArchiveFile");
    }

    @Test
    void a_controller_starts_from_one_of_its_own() throws Exception {
        setAge(home.resolve("lib/pombal.jar"), Duration.ofMinutes(1));
        archive("node-17.0.1.jsa");
        assertThat(launch(checkout.java("17.0.1"), "controller").output()).doesNotContain("SharedArchiveFile");
        Path archive = archive("controller-17.0.1.jsa");
        assertThat(launch(checkout.java("17.0.1"), "controller").output())
                .contains("-XX:SharedArchiveFile=" + archive + "\n");
    }

    @Test
    void an_archive_from_before_the_program_is_not_used() throws Exception {
        setAge(archive("node-17.0.1.jsa"), Duration.ofMinutes(1));
        assertThat(launch(checkout.java("17.0.1"), "node").output())
                .contains("java 17.0.1")
                .doesNotContain("SharedArchiveFile");
    }

    @Test
    void archives_that_cannot_be_made_leave_those_that_are_there() throws Exception {
        Path archive = archive("node-17.0.1.jsa");
        setAge(home.resolve("lib/pombal.jar"), Duration.ofMinutes(1));
        Path java = checkout.java("17.0.1");
        Files.writeString(java.resolve("bin/java"), "#!/usr/bin/env bash\necho no rehearsal today\nexit 1\n");
        Outcome outcome = checkout.run(home.resolve("bin/class-archives"), java);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("no archive for 'node' on Java 17.0.1", "no rehearsal today");
        assertThat(archive).hasContent("archive");
    }

    @Test
    void says_that_jars_are_missing() throws Exception {
        Files.delete(home.resolve("lib/pombal.jar"));
        Outcome outcome = launch(checkout.java("17.0.1"), "version");
        assertThat(outcome.exitCode()).isEqualTo(69);
        assertThat(outcome.output()).contains(home + "/lib/pombal.jar is not there");
    }
}
