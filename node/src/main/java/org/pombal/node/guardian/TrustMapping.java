package org.pombal.node.guardian;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The trust file in memory, as numbers of eight bytes. Not found, not permitted and too short are told apart, with what to do. */
final class TrustMapping implements AutoCloseable {

    private static final VarHandle NUMBERS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Object identity;
    private final RandomAccessFile file;
    private final MappedByteBuffer memory;

    private TrustMapping(Object identity, RandomAccessFile file, MappedByteBuffer memory) {
        this.identity = identity;
        this.file = file;
        this.memory = memory;
    }

    /** @throws IOException saying which file, what is wrong with it, and what to do */
    static TrustMapping of(Path path) throws IOException {
        try {
            Object identity = identityOf(path);
            // Stays open to be asked for its length, and is no channel, which an interrupted thread would close.
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
            try {
                return new TrustMapping(identity, file, map(path, file, identity));
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw explained(path, e);
        }
    }

    static IOException explained(Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new IOException(
                    "there is no trust file " + path + ": is pombal-guardian running, with --trust " + path + "?", e);
        }
        if (e instanceof AccessDeniedException || e instanceof FileNotFoundException) {
            return new IOException(
                    "no permission to read and write the trust file " + path
                            + ": the user of this process must be in the group that pombal-guardian has as --group",
                    e);
        }
        return e;
    }

    private static MappedByteBuffer map(Path path, RandomAccessFile file, Object identity) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < TrustLayout.SIZE || file.length() < TrustLayout.SIZE) {
                throw new IOException("the trust file " + path + " has " + channel.size() + " bytes, and should have "
                        + TrustLayout.SIZE + ": pombal-guardian has not made it, or somebody has cut it short");
            }
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, TrustLayout.SIZE);
            if (!identityOf(path).equals(identity)) {
                throw new IOException("the trust file " + path + " was replaced while it was opened: try again");
            }
            return memory;
        }
    }

    /** Device and inode of what stands there. */
    static Object identityOf(Path path) throws IOException {
        return requireNonNull(
                Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                        .fileKey(),
                "files on Linux have keys");
    }

    Object identity() {
        return identity;
    }

    /** Whether it may be touched: what is past the end of a file that somebody cut short is not memory. */
    boolean isWhole() throws IOException {
        return file.length() >= TrustLayout.SIZE;
    }

    /** Nothing that is read later is older. */
    long read(int offset) {
        return (long) NUMBERS.getAcquire(memory, offset);
    }

    /** Whoever sees it sees what was written before. */
    void write(int offset, long value) {
        NUMBERS.setRelease(memory, offset, value);
    }

    /** The memory itself is given back some time after nobody uses it any more. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
