package org.pombal.demo.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of its own on tmpfs, where the guardian's file has to be.
 *
 * @param path the folder
 */
public record MemoryFolder(Path path) implements AutoCloseable {

    private static final Path TMPFS = Path.of("/dev/shm");

    public MemoryFolder {
        requireNonNull(path, "path is null");
    }

    public static MemoryFolder make() {
        try {
            return new MemoryFolder(Files.createTempDirectory(TMPFS, "pombal-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + TMPFS, e);
        }
    }

    /** Deletes it with all that is in it. */
    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
