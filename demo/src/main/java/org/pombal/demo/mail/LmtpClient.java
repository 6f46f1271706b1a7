package org.pombal.demo.mail;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** LMTP (RFC 2033): what an MTA does to deliver. */
public final class LmtpClient implements Closeable {

    private final LineConnection connection;
    private final SmtpDialogue dialogue;

    public LmtpClient(InetSocketAddress server) throws IOException {
        connection = new LineConnection("LMTP", server);
        dialogue = new SmtpDialogue(connection);
        dialogue.command("LHLO demo.test", "250");
    }

    public void deliver(String recipient, String subject) throws IOException {
        dialogue.message("sender@example.org", recipient, subject);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
