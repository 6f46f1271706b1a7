package org.pombal.demo.mail;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMTP server that accepts every message and keeps only whom it was for: the relay that Dovecot's submission service
 * needs behind it (2.3's login process crashes if there is none).
 */
public final class MailSink implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(MailSink.class);
    private static final int IDLE_MILLIS = 60_000;
    private static final int MAX_CONNECTIONS = 32;

    private final ServerSocket listener = new ServerSocket();
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(MAX_CONNECTIONS, task -> {
        Thread thread = new Thread(task, "mail-sink");
        thread.setDaemon(true);
        return thread;
    });

    /** Listens on a free port of the address. */
    public MailSink(InetAddress address) throws IOException {
        listener.bind(new InetSocketAddress(address, 0));
        threads.execute(this::accept);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Whom messages were for, in the order in which they came. */
    public List<String> recipients() {
        return List.copyOf(recipients);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException | RejectedExecutionException e) {
            log.debug("mail sink ends: {}", e.toString());
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            client.setSoTimeout(IDLE_MILLIS);
            OutputStream out = client.getOutputStream();
            reply(out, "220 sink.test ESMTP");
            for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!answer(line, reader, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            log.debug("a client of the mail sink went away: {}", e.toString());
        }
    }

    private boolean answer(String line, BufferedReader reader, OutputStream out) throws IOException {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "DATA" -> {
                reply(out, "354 go on");
                skipMessage(reader);
                reply(out, "250 taken");
            }
            case "RCPT" -> {
                recipients.add(line.substring(line.indexOf('<') + 1, Math.max(line.lastIndexOf('>'), 1)));
                reply(out, "250 ok");
            }
            case "QUIT" -> {
                reply(out, "221 bye");
                return false;
            }
            default -> reply(out, "250 ok");
        }
        return true;
    }

    private static void skipMessage(BufferedReader reader) throws IOException {
        @Nullable String line;
        do {
            line = reader.readLine();
        } while (line != null && !line.equals("."));
    }

    private static void reply(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
