package org.pombal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    private final Path home;

    InstallationTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void finds_the_jars_of_cassandra_and_nothing_else() throws IOException {
        Path folder = Files.createDirectory(home.resolve("lib-cassandra"));
        Files.createFile(folder.resolve("b.jar"));
        Files.createFile(folder.resolve("a.jar"));
        Files.createFile(folder.resolve("README"));
        assertThat(new Installation(home).cassandraJars())
                .containsExactly(folder.resolve("a.jar"), folder.resolve("b.jar"));
    }

    @Test
    void says_that_cassandra_is_not_installed() {
        assertThatThrownBy(() -> new Installation(home).cassandraJars())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(home.resolve("lib-cassandra") + " is missing");
    }
}
