package org.pombal.demo.mail;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Message submission (RFC 6409): what a mail program does to send. */
public final class SubmissionClient implements Closeable {

    private final LineConnection connection;
    private final SmtpDialogue dialogue;

    public SubmissionClient(InetSocketAddress server) throws IOException {
        connection = new LineConnection("Submission", server);
        dialogue = new SmtpDialogue(connection);
        dialogue.command("EHLO demo.test", "250");
    }

    /** Authenticates by PLAIN. */
    public void login(String user, String password) throws IOException {
        dialogue.command("AUTH PLAIN " + LineConnection.plain(user, password), "235");
    }

    public void send(String sender, String recipient, String subject) throws IOException {
        dialogue.message(sender, recipient, subject);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
