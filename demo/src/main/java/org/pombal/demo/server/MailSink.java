package org.pombal.demo.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.pombal.dovecot.config.ServerAddress;

/**
 * An SMTP server that takes every mail and keeps it in memory: where Dovecot's Submission service passes on what users
 * submit. Holds the latest 100 mails, of at most a megabyte each.
 */
public final class MailSink implements AutoCloseable {

    private static final int MAX_MAILS = 100;
    private static final int MAX_CONNECTIONS = 50;

    /** A mail, and the commands that named its sender and recipients. */
    public record Mail(List<String> envelope, String text) {

        public Mail {
            envelope = List.copyOf(requireNonNull(envelope, "envelope is null"));
            requireNonNull(text, "text is null");
        }
    }

    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
    private final Deque<Mail> mails = new ArrayDeque<>();

    /** @param port 0 for any free port */
    public MailSink(String host, int port) {
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new UncheckedIOException("the mail sink cannot listen on " + host + ":" + port, e);
        }
        start(this::accept, "mail-sink");
    }

    public ServerAddress address() {
        return new ServerAddress(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** The mails received so far, oldest first. */
    public List<Mail> mails() {
        synchronized (mails) {
            return List.copyOf(mails);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                if (room.tryAcquire()) {
                    connections.add(socket);
                    start(() -> serve(socket), "mail-sink-" + socket.getPort());
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                // The sink was closed.
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new MailSinkDialog(socket, this::keep).run();
        } catch (IOException e) {
            // The client is gone or did not behave. What it had not finished is not kept, and it knows.
            return;
        } finally {
            connections.remove(socket);
            room.release();
        }
    }

    private void keep(Mail mail) {
        synchronized (mails) {
            if (mails.size() == MAX_MAILS) {
                mails.removeFirst();
            }
            mails.addLast(mail);
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the mail sink", e);
        }
    }
}
