package org.pombal.demo.mail;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** IMAP (RFC 3501) as far as it takes to log in and to read the INBOX. */
public final class ImapClient implements Closeable {

    private final LineConnection connection;
    private int commands;

    public ImapClient(InetSocketAddress server) throws IOException {
        connection = new LineConnection("IMAP", server);
        connection.expect("* OK");
    }

    /** Authenticates by PLAIN. */
    public void login(String user, String password) throws IOException {
        command("AUTHENTICATE PLAIN " + LineConnection.plain(user, password));
    }

    /** The subjects of all messages in the INBOX, oldest first. */
    public List<String> subjects() throws IOException {
        boolean empty = command("SELECT INBOX").contains("* 0 EXISTS");
        if (empty) {
            return List.of();
        }
        return command("FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]").stream()
                .filter(line -> line.startsWith("Subject: "))
                .map(line -> line.substring("Subject: ".length()))
                .toList();
    }

    /** Waits for whatever comes (RFC 2177) until the server or the caller closes the connection. */
    public void idle() throws IOException {
        connection.send("i IDLE");
        connection.expect("+");
    }

    private List<String> command(String text) throws IOException {
        commands++;
        String tag = "c" + commands;
        connection.send(tag + " " + text);
        List<String> untagged = new ArrayList<>();
        for (String line = connection.receive(); ; line = connection.receive()) {
            if (line.startsWith(tag + " OK")) {
                return untagged;
            }
            if (line.startsWith(tag + " ") || line.startsWith("* BYE")) {
                throw connection.refused(line);
            }
            untagged.add(line);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
