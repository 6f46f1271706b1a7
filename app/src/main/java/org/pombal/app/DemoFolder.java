package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where all files of a demo are, but those in memory.
 *
 * @param path the folder
 */
record DemoFolder(Path path) implements AutoCloseable {

    DemoFolder {
        requireNonNull(path, "path is null");
    }

    /** @param parent where folders for a while are made */
    static DemoFolder make(Path parent) {
        try {
            Path folder = Files.createTempDirectory(parent, "pombal-demo-");
            // Dovecot's own users have to get in.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new DemoFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the demo in " + parent, e);
        }
    }

    /** Deletes it with all that is in it. */
    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the demo's folder " + path, e);
        }
    }
}
