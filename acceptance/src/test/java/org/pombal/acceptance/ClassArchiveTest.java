package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives of prepared classes that a node and others start from, made for a copy of the product. */
class ClassArchiveTest {

    private static final Path LAUNCHER =
            Product.home().resolve("../../src/main/launcher").normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FROM_ARCHIVE = "org.pombal.app.NodeCommand source: shared objects file\n";

    @TempDir
    private static Path home;

    private final Path jar = home.resolve("lib/pombal.jar");
    private FileTime jarMade = FileTime.from(Instant.EPOCH);

    @BeforeAll
    static void makeArchive() throws IOException {
        Files.createDirectories(home.resolve("lib"));
        try (Stream<Path> jars = Files.list(Product.home().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()));
            }
        }
        Programs.Ended made = run("", "class-archives");
        assertThat(made.exitCode()).as(made.output()).isZero();
        assertThat(made.output()).isEmpty();
    }

    @BeforeEach
    void noteTheJarsAge() throws IOException {
        jarMade = Files.getLastModifiedTime(jar);
    }

    private static Programs.Ended run(String javaOptions, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "POMBAL_HOME=" + home,
                "POMBAL_JAVA_OPTIONS=" + javaOptions,
                LAUNCHER.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return Programs.run(PATIENCE, command);
    }

    private static Programs.Ended startNode(String javaOptions) {
        return run(javaOptions, "pombal", "node", "--config", "/nonexistent/pombal.conf");
    }

    @Test
    void aNodeStartsFromIt() {
        assertThat(startNode("-Xlog:class+load").output()).contains(FROM_ARCHIVE);
    }

    @Test
    void aControllerStartsFromOneOfItsOwn() {
        assertThat(run("-Xlog:class+load", "pombal", "controller", "--config", "/nonexistent/pombal.conf")
                        .output())
                .contains("org.pombal.app.ControllerCommand source: shared objects file\n");
    }

    @Test
    void theCommandLineStartsFromOneOfItsOwn() {
        assertThat(run("-Xlog:class+load", "doveadm", "cluster", "--help").output())
                .contains("org.pombal.cli.CommandSpecs source: shared objects file\n");
    }

    @Test
    void aNodeOfANewerBuildStartsWithoutIt() throws IOException {
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        try {
            assertThat(startNode("-Xlog:class+load").output())
                    .contains("org.pombal.app.NodeCommand source: ")
                    .doesNotContain(FROM_ARCHIVE);
        } finally {
            Files.setLastModifiedTime(jar, jarMade);
        }
    }

    @Test
    void aNodeWhoseArchiveJavaRefusesStartsAndSaysNothingOfIt() throws IOException {
        Programs.Ended with = startNode("");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        try {
            assertThat(startNode("")).isEqualTo(with);
            assertThat(startNode("-Xlog:class+load").output()).doesNotContain(FROM_ARCHIVE);
        } finally {
            Files.setLastModifiedTime(jar, jarMade);
        }
    }
}
