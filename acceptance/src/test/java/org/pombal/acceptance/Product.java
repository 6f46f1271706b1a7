package org.pombal.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The product as it was built: what users install. */
final class Product {

    private static final Path HOME = Path.of(System.getProperty("pombal.home", ""));

    private Product() {}

    /** A command that runs it on Java 17, the one that runs the tests. */
    static List<String> command() {
        Path jar = HOME.resolve("lib/pombal.jar");
        if (!Files.isReadable(jar)) {
            throw new IllegalStateException("the product is not built: there is no " + jar);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpombal.home=" + HOME,
                "-jar",
                jar.toString());
    }

    /** The jars of the embedded Cassandra. */
    static List<Path> cassandraJars() {
        try (Stream<Path> jars = Files.list(HOME.resolve("lib-cassandra"))) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the product is not built", e);
        }
    }
}
