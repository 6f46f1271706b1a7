package org.pombal.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.app.launcher.Checkout.Outcome;

/** The wrapper, with a Java that prints its arguments and a doveadm that prints its own and passes its input on. */
@Timeout(60)
class DoveadmWrapperTest {

    private final Checkout checkout;
    private final Path wrapper;
    private final Path real;
    private final Path jdk;

    DoveadmWrapperTest(@TempDir Path folder) throws IOException {
        checkout = new Checkout(folder);
        Path home = Files.createDirectories(folder.resolve("installed"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/pombal-cli-1.jar"), "");
        for (String script : List.of("doveadm", "java.sh", "archive.sh", "cluster.sh")) {
            Files.copy(
                    checkout.root().resolve("app/src/main/launcher").resolve(script),
                    home.resolve("bin").resolve(script),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        wrapper = home.resolve("bin/doveadm");
        real = program(folder.resolve("real/doveadm"), "echo real", "printf '%s\\n' \"$@\"", "cat", "exit 67");
        jdk = checkout.java("17.0.1");
    }

    @AfterEach
    void endWhatWasStarted() {
        checkout.close();
    }

    private static Path program(Path file, String... lines) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/usr/bin/env bash\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome runOn(String path, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(wrapper.toString()), Stream.of(arguments))
                .toList());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", path);
        builder.environment().keySet().removeAll(List.of("POMBAL_HOME", "POMBAL_JAVA_OPTIONS", "POMBAL_DOVEADM"));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().write("its input\n".getBytes(UTF_8));
        process.getOutputStream().close();
        return checkout.outcome(process);
    }

    private Outcome run(String... arguments) throws Exception {
        return runOn(wrapper.getParent() + ":" + real.getParent() + ":/usr/bin:/bin", arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster site list",
                "-f json cluster site list",
                "-fjson cluster site list",
                "-Dvfjson cluster",
                "-Dvf json cluster",
                "-o k=v -c F cluster site list",
                "-ok=v -cF cluster",
                "-i instance -- cluster kick alice",
                "-h cluster"
            })
    void the_command_cluster_is_ours_whatever_options_stand_before_it(String line) throws Exception {
        assertThat(run(line.split(" ", -1)).output())
                .contains("-Dpombal.program=doveadm\n")
                .endsWith("org.pombal.cli.Main\n" + line.replace(' ', '\n') + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who",
                "who cluster",
                "-f json who cluster",
                "-f cluster who",
                "-fcluster who",
                "-o cluster who",
                "-c cluster who",
                "-i cluster who",
                "user -u cluster",
                "-- who cluster",
                "--version",
                "-f",
                "clusters",
                "- cluster"
            })
    void every_other_command_is_doveadms_with_its_exit_code_and_its_input(String line) throws Exception {
        Outcome outcome = run(line.split(" ", -1));
        assertThat(outcome.output()).isEqualTo("real\n" + line.replace(' ', '\n') + "\nits input\n");
        assertThat(outcome.exitCode()).isEqualTo(67);
    }

    @Test
    void without_a_command_it_is_doveadms() throws Exception {
        assertThat(run().output()).startsWith("real\n");
    }

    @Test
    void empty_arguments_and_blanks_stay_as_they_are() throws Exception {
        assertThat(run("exec", "", "a b", "*").output()).isEqualTo("real\nexec\n\na b\n*\nits input\n");
    }

    @Test
    void does_not_call_itself_through_a_link_on_the_path() throws Exception {
        Path links = Files.createDirectories(wrapper.resolveSibling("links"));
        Files.createSymbolicLink(links.resolve("doveadm"), wrapper);
        assertThat(runOn(links + ":" + real.getParent() + ":/usr/bin:/bin", "who")
                        .output())
                .startsWith("real\n");
    }

    /** A link of Dovecot's to doveadm, which goes by the name it is called by. */
    @Test
    void called_as_dsync_it_is_dovecots_dsync() throws Exception {
        Path dsync = Files.createSymbolicLink(wrapper.resolveSibling("dsync"), wrapper);
        Path tools = Files.createDirectories(wrapper.resolveSibling("named"));
        Files.createSymbolicLink(tools.resolve("doveadm"), Path.of("/usr/bin/bash"));
        // In its place bash, which says by its name that there is no file of that name.
        ProcessBuilder builder = new ProcessBuilder(dsync.toString(), "cluster");
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        builder.environment().remove("POMBAL_DOVEADM");

        assertThat(checkout.outcome(builder.redirectErrorStream(true).start()).output())
                .startsWith("dsync: cluster: ");
    }

    @Test
    void says_what_to_do_where_there_is_no_real_doveadm() throws Exception {
        Path tools = Files.createDirectories(wrapper.resolveSibling("tools"));
        for (String tool : List.of("bash", "env", "readlink", "dirname")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        Outcome outcome = runOn(tools.toString(), "who");
        assertThat(outcome.exitCode()).isEqualTo(69);
        assertThat(outcome.output()).contains("the real doveadm is not there", "POMBAL_DOVEADM");
    }
}
