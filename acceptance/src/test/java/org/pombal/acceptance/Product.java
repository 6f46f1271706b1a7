package org.pombal.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.site.SitePlan;

/** The product as it was built: what users install. */
final class Product {

    private static final Path HOME = Path.of(System.getProperty("pombal.home", ""));

    private Product() {}

    /** The folder that holds it. */
    static Path home() {
        return HOME;
    }

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

    /**
     * Runs a copy of it on the Java 21 of the Debian 13 folder, confined to that folder.
     *
     * @param copy where to put the copy, inside that folder
     */
    static SitePlan.Program onJava21(DovecotInstallation debian13, Path copy) {
        try {
            Files.createDirectories(copy.resolve("lib"));
            try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
                for (Path jar : jars.toList()) {
                    Files.copy(jar, copy.resolve("lib").resolve(jar.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the product to " + copy, e);
        }
        Path inside = debian13.inside(copy);
        // Java needs /proc; the mount is seen by this process and its children only.
        return new SitePlan.Program(
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" \"$@\"",
                        debian13.root().toString(),
                        "java",
                        "-Dpombal.home=" + inside,
                        "-jar",
                        inside.resolve("lib/pombal.jar").toString()),
                debian13::inside);
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
