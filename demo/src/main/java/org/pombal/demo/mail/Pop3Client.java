package org.pombal.demo.mail;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** POP3 (RFC 1939) as far as it takes to log in and to count messages. */
public final class Pop3Client implements Closeable {

    private final LineConnection connection;

    public Pop3Client(InetSocketAddress server) throws IOException {
        connection = new LineConnection("POP3", server);
        connection.expect("+OK");
    }

    public void login(String user, String password) throws IOException {
        command("USER " + user);
        command("PASS " + password);
    }

    /** How many messages are there. */
    public int messages() throws IOException {
        String[] words = command("STAT").split(" ", -1);
        return Integer.parseInt(words[1]);
    }

    private String command(String text) throws IOException {
        connection.send(text);
        return connection.expect("+OK");
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
