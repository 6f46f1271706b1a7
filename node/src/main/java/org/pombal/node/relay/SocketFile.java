package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The place of one of our unix sockets in the file system, in a folder of our own below one of Dovecot's.
 *
 * <p>A socket directly in {@code base_dir} or {@code base_dir/login} would keep Dovecot from starting again ("Socket
 * already exists"): those are the folders Dovecot clears at start.
 *
 * @param path where Dovecot's processes look for it; the folder it stands in is made, the one above is Dovecot's
 * @param permissions of the socket file
 */
public record SocketFile(Path path, Set<PosixFilePermission> permissions) {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

    public SocketFile {
        requireNonNull(path, "path is null");
        permissions = Set.copyOf(permissions);
    }

    /** Whether Dovecot has made the folder in which ours stands. */
    public boolean dovecotFolderExists() {
        return Files.isDirectory(requireNonNull(folder().getParent(), "our folder stands in one of Dovecot's"));
    }

    /** Makes our folder; returns a path in it under which a socket can be bound without disturbing the present one. */
    public Path prepare() throws IOException {
        if (!Files.isDirectory(folder())) {
            Files.createDirectory(folder());
            Files.setPosixFilePermissions(folder(), FOLDER);
        }
        Path fresh = fresh(path);
        Files.deleteIfExists(fresh);
        return fresh;
    }

    /** Where a new socket is bound before it replaces the one at {@code path}. */
    static Path fresh(Path path) {
        return path.resolveSibling("." + path.getFileName() + ".new");
    }

    /** Puts the socket bound at {@code fresh} in place, at once and instead of any older one; returns its identity. */
    public Object publish(Path fresh) throws IOException {
        Files.setPosixFilePermissions(fresh, permissions);
        Object identity = identity(fresh);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        return identity;
    }

    /** The identity of what stands at the path now. */
    public Optional<Object> current() throws IOException {
        try {
            return Optional.of(identity(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Device and inode; asked for often, so not by the attribute's name, which takes several times as long. */
    private static Object identity(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return requireNonNull(attributes.fileKey(), "files on Linux have keys");
    }

    private Path folder() {
        return requireNonNull(path.getParent(), "a socket path has a folder");
    }
}
