package org.pombal.node.localdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the file: who may use it, and what happens to a file that is of no more use.
 *
 * <p>One process at a time has the folder: it holds a lock on a file beside the store's, which the kernel takes back when
 * the process ends in whatever way. Names of users are personal, so only the owner may read what lies here.
 */
final class StoreFolder implements AutoCloseable {

    private static final String FILE = "localdb.sqlite";
    private static final String LOCK = "localdb.lock";
    private static final String ASIDE = ".broken";
    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");
    private static final int MAX_PID_LENGTH = 20;

    private final Path folder;
    private @Nullable FileChannel lockFile;
    private @Nullable FileLock lock;

    StoreFolder(Path folder) {
        this.folder = folder;
    }

    Path file() {
        return folder.resolve(FILE);
    }

    /** The file in a folder that another process may have taken. */
    static Path fileIn(Path folder) {
        return folder.resolve(FILE);
    }

    Path aside() {
        return folder.resolve(FILE + ASIDE);
    }

    /** Makes the folder if it is missing, and takes it for this process. May be repeated. */
    void take() throws IOException {
        if (lock != null) {
            return;
        }
        Files.createDirectories(folder, ownerOnly("rwx------"));
        FileChannel channel = lockFile();
        lock = tryLock(channel);
        if (lock == null) {
            throw new IOException(
                    "process " + pidIn(channel) + " is using it; stop that process or set another folder");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)), 0);
    }

    /** Makes an empty file that only its owner can read, unless there is one. SQLite gives its other files the same mode. */
    void createFile() throws IOException {
        Files.createDirectories(folder, ownerOnly("rwx------"));
        if (Files.notExists(file())) {
            Files.createFile(file(), ownerOnly("rw-------"));
        }
    }

    /** Keeps the file, which nobody has open, for whoever wants to know what happened to it. Only the last one is kept. */
    void moveAside() throws IOException {
        if (Files.exists(file())) {
            for (String companion : COMPANIONS) {
                Files.deleteIfExists(beside(aside(), companion));
            }
            Files.move(file(), aside(), REPLACE_EXISTING);
            Path wal = beside(file(), "-wal");
            if (Files.exists(wal)) {
                Files.move(wal, beside(aside(), "-wal"), REPLACE_EXISTING);
            }
        }
        delete();
    }

    /** Removes the file, which nobody has open. */
    void delete() throws IOException {
        Files.deleteIfExists(file());
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(beside(file(), companion));
        }
    }

    /** Leaves the folder to others. */
    @Override
    public void close() throws IOException {
        lock = null;
        if (lockFile != null) {
            lockFile.close();
            lockFile = null;
        }
    }

    /** Stays open even when the lock is another's: to close a file takes all locks on it from the process (POSIX fcntl). */
    private FileChannel lockFile() throws IOException {
        FileChannel channel = lockFile;
        if (channel == null) {
            channel = FileChannel.open(folder.resolve(LOCK), Set.of(CREATE, READ, WRITE), ownerOnly("rw-------"));
            lockFile = channel;
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String pidIn(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_PID_LENGTH);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), US_ASCII);
        return text.isBlank() ? "(unknown)" : text;
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
