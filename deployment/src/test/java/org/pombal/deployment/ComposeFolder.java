package org.pombal.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.pombal.deployment.Checkout.Ran;

/** A copy of the Compose package's files as an installation has them, with the two settings that have no default. */
final class ComposeFolder {

    private static final Path SOURCE = Checkout.PACKAGING.resolve("compose");

    private final Path folder;

    ComposeFolder(Path folder) throws IOException {
        this.folder = folder;
        for (String name : List.of(
                "docker-compose.yml",
                "example.env",
                "controller_config",
                "cassandra-bootstrap.sh",
                "check-config.sh",
                "compose.sh")) {
            Path copy = Files.writeString(
                    folder.resolve(name), Checkout.text(SOURCE.resolve(name)).replace("[[version]]", Checkout.VERSION));
            Files.setPosixFilePermissions(
                    copy, PosixFilePermissions.fromString(name.endsWith(".sh") ? "rwxr-xr-x" : "rw-r--r--"));
        }
        config(config().replaceFirst("(?m)^CLUSTER_SITE =", "CLUSTER_SITE = lisbon")
                .replaceFirst("(?m)^CASSANDRA_SERVERS =", "CASSANDRA_SERVERS = 10.0.0.1, 10.0.0.2"));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String config() {
        return Checkout.text(file("controller_config"));
    }

    void config(String text) throws IOException {
        Files.writeString(file("controller_config"), text);
    }

    void env(String text) throws IOException {
        Files.writeString(file(".env"), text);
    }

    Ran check() throws Exception {
        return Checkout.run(
                folder,
                Map.of(),
                List.of("sh", folder.resolve("check-config.sh").toString()));
    }

    /** What Compose understands of the project. */
    Ran resolved() throws Exception {
        return Checkout.run(folder, Map.of(), List.of("docker-compose", "config"));
    }
}
