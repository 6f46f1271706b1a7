package org.pombal.acceptance;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.site.SitePlan;

/** The product as it was built: what users install. */
final class Product {

    private static final Path HOME = Path.of(System.getProperty("pombal.home", ""));
    private static final Path LAUNCHER = Path.of(System.getProperty("pombal.launcher", ""));

    /** A node of a test does not live long enough to profit from the second compiler, which costs more than all else. */
    private static final String SHORT_LIVED = "POMBAL_JAVA_OPTIONS=-XX:TieredStopAtLevel=1";

    private static final Path SHARED = Path.of("/dev/shm");

    private Product() {}

    /** The folder that holds it. */
    static Path home() {
        return HOME;
    }

    /** A command that runs it on Java 17, the one that runs the tests. */
    static List<String> command() {
        if (!Files.isReadable(HOME.resolve("lib/pombal.jar"))) {
            throw new IllegalStateException("the product is not built: there is no " + HOME.resolve("lib/pombal.jar"));
        }
        return List.of(
                "env",
                SHORT_LIVED,
                "POMBAL_HOME=" + HOME,
                "JAVA_HOME=" + System.getProperty("java.home"),
                LAUNCHER.toString());
    }

    /**
     * Runs a copy of it on the Java 21 of the Debian 13 folder, confined to that folder.
     *
     * @param copy where to put the copy, inside that folder
     */
    static SitePlan.Program onJava21(DovecotInstallation debian13, Path copy) {
        copyInto(copy.resolve("lib"), HOME.resolve("lib"));
        copyInto(copy.resolve("bin"), requireNonNull(LAUNCHER.getParent(), "the launcher is in a folder"));
        // Java needs /proc, and a backend's node the guardian's folder; the mounts are seen by this process and its
        // children only.
        return new SitePlan.Program(
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t proc proc \"$0/proc\" && mkdir -p \"$0/dev/shm\" && mount --bind /dev/shm \"$0/dev/shm\" && exec chroot \"$0\" \"$@\"",
                        debian13.root().toString(),
                        "env",
                        "--unset=JAVA_HOME",
                        SHORT_LIVED,
                        debian13.inside(copy).resolve("bin/pombal").toString()),
                path -> path.startsWith(SHARED) ? path : debian13.inside(path),
                guardian());
    }

    /** The program that runs the backends' Dovecots. */
    static Path guardian() {
        return HOME.resolve("sbin/pombal-guardian");
    }

    private static void copyInto(Path folder, Path from) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(folder);
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(requireNonNull(file.getFileName(), "a file in a folder has a name")),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + folder, e);
        }
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
