package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The server's side of SMTP (RFC 5321), as far as a client that behaves notices. */
final class MailSinkDialog {

    private static final int MAX_CHARS = 1024 * 1024;
    private static final int IDLE_MILLIS = 60_000;
    private static final int VERB = 4;

    private final BufferedReader in;
    private final OutputStream out;
    private final Consumer<MailSink.Mail> kept;
    private final List<String> envelope = new ArrayList<>();

    MailSinkDialog(Socket socket, Consumer<MailSink.Mail> kept) throws IOException {
        socket.setSoTimeout(IDLE_MILLIS);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        this.out = socket.getOutputStream();
        this.kept = kept;
    }

    void run() throws IOException {
        say("220 mail sink");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.substring(0, Math.min(VERB, line.length())).toUpperCase(Locale.ROOT)) {
                case "EHLO" -> say("250-mail sink\r\n250 8BITMIME");
                case "HELO", "NOOP" -> say("250 ok");
                case "MAIL", "RCPT" -> {
                    envelope.add(line);
                    say("250 ok");
                }
                case "RSET" -> {
                    envelope.clear();
                    say("250 ok");
                }
                case "DATA" -> data();
                case "QUIT" -> {
                    say("221 bye");
                    return;
                }
                default -> say("502 unknown command");
            }
        }
    }

    private void data() throws IOException {
        say("354 go on");
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null || text.length() + line.length() > MAX_CHARS) {
                throw new IOException("a mail ended early or is too long");
            }
            text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        kept.accept(new MailSink.Mail(envelope, text.toString()));
        envelope.clear();
        say("250 kept");
    }

    private void say(String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(UTF_8));
        out.flush();
    }
}
