package org.pombal.demo.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads mail by IMAP4rev1 (RFC 3501, and RFC 4959 for the initial response). */
public final class ImapClient implements AutoCloseable {

    private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");
    private static final Pattern LITERAL = Pattern.compile("\\* \\d+ FETCH .*\\{(\\d+)}");

    private final LineConnection connection;
    private int tag;

    private ImapClient(LineConnection connection) {
        this.connection = connection;
    }

    /** Connects, and waits for the greeting. */
    public static ImapClient connect(String host, int port, Duration patience) {
        ImapClient client = new ImapClient(LineConnection.open("imap", host, port, patience));
        try {
            client.connection.expect("* OK", "the connection");
        } catch (MailException e) {
            client.close();
            throw e;
        }
        return client;
    }

    /** How long to wait for each answer from now on. */
    public void patience(Duration patience) {
        connection.allow(patience);
    }

    public void login(String user, String password) {
        command("AUTHENTICATE PLAIN " + LineConnection.saslPlain(user, password), "AUTHENTICATE PLAIN for " + user);
    }

    /** Opens a mailbox; says how many messages it has. */
    public int select(String mailbox) {
        String select = "SELECT " + quoted(mailbox);
        return command(select, select).stream()
                .map(EXISTS::matcher)
                .filter(Matcher::matches)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> connection.failed(select, "no EXISTS"));
    }

    /** The whole text of a message of the open mailbox. */
    public String fetch(int number) {
        String fetch = "FETCH " + number + " BODY.PEEK[]";
        String sent = send(fetch);
        String line = connection.line();
        while (!LITERAL.matcher(line).matches()) {
            if (line.startsWith(sent)) {
                throw connection.failed(fetch, line);
            }
            line = connection.line();
        }
        Matcher literal = LITERAL.matcher(line);
        literal.matches();
        String message = connection.literal(Integer.parseInt(literal.group(1)));
        finish(sent, fetch);
        return message;
    }

    /**
     * Idles (RFC 2177) until the server ends the session or the connection is closed.
     *
     * @param begun is run when the server has agreed to it
     * @param silence the longest time without a word from the server; Dovecot says something every two minutes
     * @return how it ended
     */
    public String idle(Runnable begun, Duration silence) {
        send("IDLE");
        connection.expect("+", "IDLE");
        begun.run();
        connection.allow(silence);
        try {
            String line = connection.line();
            while (!line.startsWith("* BYE")) {
                line = connection.line();
            }
            return line;
        } catch (MailException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * Waits in IDLE (RFC 2177) for what the server has to say of the open mailbox, and ends it.
     *
     * @throws MailException also if the server says goodbye
     */
    public void idle(Duration length) {
        String sent = send("IDLE");
        connection.expect("+", "IDLE");
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (connection.awaitInput(Duration.ofNanos(left))) {
                String line = connection.line();
                if (!line.startsWith("* ") || line.startsWith("* BYE")) {
                    throw connection.failed("IDLE", line);
                }
            }
        }
        connection.send("DONE");
        finish(sent, "DONE");
    }

    public void logout() {
        command("LOGOUT", "LOGOUT");
    }

    private List<String> command(String command, String shown) {
        return finish(send(command), shown);
    }

    private String send(String command) {
        tag++;
        connection.send("p" + tag + " " + command);
        return "p" + tag + " ";
    }

    private List<String> finish(String sent, String shown) {
        List<String> untagged = new ArrayList<>();
        String line = connection.line();
        while (!line.startsWith(sent)) {
            untagged.add(line);
            line = connection.line();
        }
        if (!line.startsWith(sent + "OK")) {
            throw connection.failed(shown, line);
        }
        return untagged;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() {
        connection.close();
    }
}
