package org.pombal.demo.mail;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** ManageSieve (RFC 5804) as far as it takes to log in and to list scripts. */
public final class SieveClient implements Closeable {

    private final LineConnection connection;

    public SieveClient(InetSocketAddress server) throws IOException {
        connection = new LineConnection("ManageSieve", server);
        untilOk();
    }

    /** Authenticates by PLAIN. */
    public void login(String user, String password) throws IOException {
        command("AUTHENTICATE \"PLAIN\" \"" + LineConnection.plain(user, password) + "\"");
    }

    /** The lines that name the user's scripts. */
    public List<String> scripts() throws IOException {
        return command("LISTSCRIPTS");
    }

    private List<String> command(String text) throws IOException {
        connection.send(text);
        return untilOk();
    }

    private List<String> untilOk() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = connection.receive(); !line.startsWith("OK"); line = connection.receive()) {
            if (line.startsWith("NO") || line.startsWith("BYE")) {
                throw connection.refused(line);
            }
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
