package org.pombal.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a server, which can be slow or cut. The server itself notices nothing. */
final class Line implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final int BACKLOG = 100;
    private static final int CONNECT_MILLIS = 5_000;

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService lateAnswers =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "line-late-answers"));
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean cut;

    /**
     * Listens at once.
     *
     * @param port to listen on, or 0 for a free one
     */
    Line(String address, int port, InetSocketAddress server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(port, BACKLOG, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + " port " + port, e);
        }
        daemon(this::accept, "line-accept").start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many connections came through so far. */
    int connections() {
        return connections.get();
    }

    /** From now on each answer comes this much later. */
    void delayAnswers(Duration by) {
        delay = by;
    }

    /** Ends all connections, and each new one as soon as it is made. */
    void cut() {
        cut = true;
        open.forEach(Line::end);
    }

    /** As good as new. */
    void repair() {
        cut = false;
        delay = Duration.ZERO;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // Closed, or the server is away; who connected finds out.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket target = new Socket();
        open.add(client);
        open.add(target);
        if (cut) {
            end(client);
            return;
        }
        try {
            target.connect(server, CONNECT_MILLIS);
        } catch (IOException e) {
            end(client);
            throw e;
        }
        connections.incrementAndGet();
        daemon(() -> pump(client, target, false), "line-questions").start();
        daemon(() -> pump(target, client, true), "line-answers").start();
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] chunk = new byte[CHUNK];
        long due = System.nanoTime();
        try {
            for (int length = from.getInputStream().read(chunk); length >= 0; ) {
                if (answers) {
                    // In their order, also when the delay has become shorter meanwhile.
                    due = Math.max(due, System.nanoTime() + delay.toNanos());
                    byte[] answer = Arrays.copyOf(chunk, length);
                    lateAnswers.schedule(() -> write(to, answer), due - System.nanoTime(), TimeUnit.NANOSECONDS);
                } else {
                    to.getOutputStream().write(chunk, 0, length);
                }
                length = from.getInputStream().read(chunk);
            }
        } catch (IOException e) {
            // The other side has ended.
        }
        end(from);
        end(to);
    }

    private static void write(Socket to, byte[] answer) {
        try {
            to.getOutputStream().write(answer);
        } catch (IOException e) {
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + socket, e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + listener, e);
        }
        cut();
        lateAnswers.shutdownNow();
    }
}
