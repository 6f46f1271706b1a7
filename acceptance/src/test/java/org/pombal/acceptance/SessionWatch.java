package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Which backend really served a session, by the backends' own logs from the moment this is made. Not for use by several
 * threads.
 *
 * <p>Deliveries are logged after the mail is stored, logins when the backend accepts them, doveadm commands (only by
 * backends of {@link org.pombal.dovecot.config.StandaloneConfig}) when they end.
 */
final class SessionWatch {

    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final int MAX_STEP = 1024 * 1024;

    private final Map<String, Path> logs;
    private final Map<String, Long> read = new HashMap<>();
    private final List<WatchedSession> sessions = new ArrayList<>();

    /** @param logs of each backend by its name; they must exist */
    public SessionWatch(Map<String, Path> logs) {
        this.logs = new TreeMap<>(requireNonNull(logs, "logs is null"));
        this.logs.forEach((backend, log) -> read.put(backend, size(log)));
    }

    /** The sessions logged so far that {@link #next} has not returned, those of each backend in order. */
    public List<WatchedSession> sessions() {
        logs.forEach(this::follow);
        return List.copyOf(sessions);
    }

    /**
     * The next session of a user, which is returned only once.
     *
     * @throws IllegalStateException if none is logged in this time
     */
    public WatchedSession next(String protocol, String user, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            logs.forEach(this::follow);
            for (Iterator<WatchedSession> each = sessions.iterator(); each.hasNext(); ) {
                WatchedSession session = each.next();
                if (session.protocol().equals(protocol) && session.user().equals(user)) {
                    each.remove();
                    return session;
                }
            }
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("no backend logged a " + protocol + " session of " + user + " within "
                        + patience + "; there are " + sessions);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    /** Takes in whole lines only; the rest of one is read when it is there. */
    private void follow(String backend, Path log) {
        String text = readFrom(log, read.getOrDefault(backend, 0L));
        String lines = text.substring(0, text.lastIndexOf('\n') + 1);
        lines.lines().forEach(line -> WatchedSession.of(backend, line).ifPresent(sessions::add));
        read.merge(backend, (long) lines.getBytes(UTF_8).length, Long::sum);
    }

    private static String readFrom(Path log, long position) {
        try (SeekableByteChannel file = FileChannel.open(log)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MAX_STEP, Math.max(0, file.size() - position)));
            file.position(position);
            while (buffer.hasRemaining() && file.read(buffer) >= 0) {
                // reads on
            }
            return UTF_8.decode(buffer.flip()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log " + log, e);
        }
    }

    private static long size(Path log) {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log " + log, e);
        }
    }
}
