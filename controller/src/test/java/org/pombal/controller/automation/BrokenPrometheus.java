package org.pombal.controller.automation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers each request with the same bytes, whatever they are, and then keeps the connection and says nothing more. */
final class BrokenPrometheus implements AutoCloseable {

    private final String answer;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    BrokenPrometheus(String answer) {
        this.answer = answer;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    static BrokenPrometheus thatAnswers(int status, String body) {
        return new BrokenPrometheus(
                "HTTP/1.1 " + status + " x\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** How many connections clients have not ended. */
    long connections() {
        return open.stream().filter(socket -> !socket.isClosed()).count();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    client.getOutputStream().write(answer.getBytes(UTF_8));
                }
            }
        } catch (IOException e) {
            // The client has ended it.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "broken-prometheus");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
