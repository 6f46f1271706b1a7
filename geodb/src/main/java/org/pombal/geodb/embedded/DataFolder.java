package org.pombal.geodb.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data folder. Held as a file lock, which the kernel takes back however this process ends; the Cassandra
 * of a process that was killed may live a moment longer, so its pid is kept too and it is waited for.
 */
final class DataFolder implements AutoCloseable {

    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(5);

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws EmbeddedCassandraException if the folder is in use, naming by whom, or cannot be written */
    static DataFolder lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            DataFolder data = new DataFolder(folder, channel);
            try {
                data.take();
                return data;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedCassandraException("cannot write to the data folder " + folder + ": " + e, e);
        }
    }

    private void take() throws IOException {
        if (tryLock() == null) {
            throw new EmbeddedCassandraException("the data folder " + folder + " is in use by process "
                    + Files.readString(folder.resolve("lock")).strip()
                    + "; stop that one, or choose another folder");
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
        channel.force(false);
        Optional<ProcessHandle> leftover = leftover();
        if (leftover.isPresent() && !endsSoon(leftover.get())) {
            throw new EmbeddedCassandraException("a Cassandra of an earlier run, process "
                    + leftover.get().pid() + ", still uses the data folder " + folder + "; stop it");
        }
    }

    private @Nullable FileLock tryLock() throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Remembers the process for the case that this one is killed and it is not. */
    void started(ProcessHandle process) throws IOException {
        Files.writeString(pidFile(), process.pid() + " " + startOf(process) + "\n");
    }

    private Optional<ProcessHandle> leftover() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        String[] words = Files.readString(pidFile()).strip().split(" ", -1);
        // A pid may have been given to another process since; one with the same start is the same.
        return words.length == 2 && words[0].matches("[0-9]{1,10}")
                ? ProcessHandle.of(Long.parseLong(words[0]))
                        .filter(process -> startOf(process).equals(words[1]))
                : Optional.empty();
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static boolean endsSoon(ProcessHandle process) {
        try {
            process.onExit().get(LEFTOVER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path pidFile() {
        return folder.resolve("cassandra.pid");
    }

    /** Gives the folder back, once the process is gone. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            Files.deleteIfExists(pidFile());
            channel.close();
        }
    }
}
