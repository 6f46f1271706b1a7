package org.pombal.demo.mail;

import java.time.Duration;

/** Delivers mail by LMTP (RFC 2033), as an MTA does. */
public final class LmtpClient implements AutoCloseable {

    private final LineConnection connection;
    private final SmtpDialog dialog;

    private LmtpClient(LineConnection connection) {
        this.connection = connection;
        this.dialog = new SmtpDialog(connection);
    }

    /** Connects, and exchanges greetings. */
    public static LmtpClient connect(String host, int port, Duration patience) {
        LmtpClient client = new LmtpClient(LineConnection.open("lmtp", host, port, patience));
        try {
            client.dialog.greet("LHLO");
        } catch (MailException e) {
            client.close();
            throw e;
        }
        return client;
    }

    /** Delivers a message to one recipient; returns the server's answer. */
    public String deliver(String from, String to, String message) {
        return dialog.transaction(from, to, message);
    }

    public void quit() {
        dialog.quit();
    }

    @Override
    public void close() {
        connection.close();
    }
}
