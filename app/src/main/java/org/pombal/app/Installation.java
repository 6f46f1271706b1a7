package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that Pombal is installed in: {@code lib/} holds the program's jars, {@code lib-cassandra/} those of the
 * embedded Cassandra, {@code sbin/} the guardian.
 */
public record Installation(Path home) {

    public Installation {
        requireNonNull(home, "home is null");
    }

    /** Where the launcher said, or else where the running program's jar is. */
    public static Installation current() {
        String told = System.getProperty("pombal.home");
        if (told != null) {
            return new Installation(Path.of(told));
        }
        try {
            URL jar = Installation.class.getProtectionDomain().getCodeSource().getLocation();
            return new Installation(Path.of(jar.toURI()).resolve("../..").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place is not a path", e);
        }
    }

    /** A command that runs this very program, on the Java that runs it now. */
    public List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpombal.home=" + home,
                "-jar",
                home.resolve("lib").resolve("pombal.jar").toString());
    }

    /** @throws CommandFailedException if it is not installed */
    public Path guardian() {
        Path program = home.resolve("sbin/pombal-guardian");
        if (!Files.isExecutable(program)) {
            throw new CommandFailedException(
                    ExitCode.UNAVAILABLE,
                    "the guardian, which runs Dovecot on backends, is not installed: there is no " + program
                            + "; building it needs gcc, make and libc6-dev");
        }
        return program;
    }

    /** @throws CommandFailedException if they are not installed */
    public List<Path> cassandraJars() {
        Path folder = home.resolve("lib-cassandra");
        if (!Files.isDirectory(folder)) {
            throw new CommandFailedException(
                    ExitCode.UNAVAILABLE,
                    "the embedded Cassandra is not installed: " + folder
                            + " is missing; use a Cassandra of your own, or install all of Pombal");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + folder, e);
        }
    }
}
