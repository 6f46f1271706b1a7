package org.pombal.geodb.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An installed Java, and the setting that chooses another. Cassandra 5.0 runs on Java 11 and 17 and on no other: later
 * ones no longer have the security manager that it installs.
 *
 * @param folder such as {@code /usr/lib/jvm/java-17-openjdk-amd64}
 * @param setting as an error message names it
 */
public record JavaHome(Path folder, String setting) {

    private static final Set<Integer> FIT_FOR_CASSANDRA = Set.of(11, 17);
    private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

    public JavaHome {
        requireNonNull(folder, "folder is null");
        requireNonNull(setting, "setting is null");
    }

    /** The Java that runs this. */
    public static JavaHome current(String setting) {
        return new JavaHome(Path.of(System.getProperty("java.home")), setting);
    }

    Path executable() {
        return folder.resolve("bin").resolve("java");
    }

    /** @throws EmbeddedCassandraException unless Cassandra runs on it, with what to install or set */
    void requireFitForCassandra() {
        Optional<Integer> version = version(folder);
        if (version.isPresent() && FIT_FOR_CASSANDRA.contains(version.get()) && Files.isExecutable(executable())) {
            return;
        }
        String found = version.map(number -> "is Java " + number).orElse("is no Java installation");
        String advice = installed()
                .map(home -> "set " + setting + " to " + home)
                .orElse("install OpenJDK 17 (Debian 12: openjdk-17-jre-headless) and set " + setting + " to its home");
        throw new EmbeddedCassandraException("embedded Cassandra 5.0 needs Java 11 or 17, but " + folder + " " + found
                + "; " + advice + ", or use a Cassandra cluster of your own");
    }

    private static Optional<Path> installed() {
        if (!Files.isDirectory(USUAL_PLACE)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(USUAL_PLACE)) {
            return homes.filter(home ->
                            version(home).filter(FIT_FOR_CASSANDRA::contains).isPresent())
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The major version, from the file {@code release} that every Java has had since 9. */
    private static Optional<Integer> version(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Optional.of(Runtime.Version.parse(version).feature());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
