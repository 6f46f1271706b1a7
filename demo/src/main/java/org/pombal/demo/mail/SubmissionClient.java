package org.pombal.demo.mail;

import java.time.Duration;

/** Sends mail as a user's mail program does (RFC 6409, RFC 4954). */
public final class SubmissionClient implements AutoCloseable {

    private final LineConnection connection;
    private final SmtpDialog dialog;

    private SubmissionClient(LineConnection connection) {
        this.connection = connection;
        this.dialog = new SmtpDialog(connection);
    }

    /** Connects, and exchanges greetings. */
    public static SubmissionClient connect(String host, int port, Duration patience) {
        SubmissionClient client = new SubmissionClient(LineConnection.open("submission", host, port, patience));
        try {
            client.dialog.greet("EHLO");
        } catch (MailException e) {
            client.close();
            throw e;
        }
        return client;
    }

    public void login(String user, String password) {
        dialog.command("AUTH PLAIN " + LineConnection.saslPlain(user, password), "235", "AUTH PLAIN for " + user);
    }

    /** Sends a message to one recipient; returns the server's answer. */
    public String send(String from, String to, String message) {
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
