package org.pombal.demo.mail;

import java.time.Duration;

/** Reads mail by POP3 (RFC 1939, RFC 5034). */
public final class PopClient implements AutoCloseable {

    private final LineConnection connection;

    private PopClient(LineConnection connection) {
        this.connection = connection;
    }

    /** Connects, and waits for the greeting. */
    public static PopClient connect(String host, int port, Duration patience) {
        PopClient client = new PopClient(LineConnection.open("pop3", host, port, patience));
        try {
            client.connection.expect("+OK", "the connection");
        } catch (MailException e) {
            client.close();
            throw e;
        }
        return client;
    }

    public void login(String user, String password) {
        command("AUTH PLAIN " + LineConnection.saslPlain(user, password), "AUTH PLAIN for " + user);
    }

    /** How many messages the mailbox has. */
    public int count() {
        String answer = command("STAT", "STAT");
        return Integer.parseInt(answer.substring("+OK ".length(), answer.indexOf(' ', "+OK ".length())));
    }

    /** The whole text of a message, with CR LF line ends. */
    public String retrieve(int number) {
        command("RETR " + number, "RETR " + number);
        StringBuilder message = new StringBuilder();
        for (String line = connection.line(); !line.equals("."); line = connection.line()) {
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return message.toString();
    }

    public void quit() {
        command("QUIT", "QUIT");
    }

    private String command(String command, String shown) {
        connection.send(command);
        return connection.expect("+OK", shown);
    }

    @Override
    public void close() {
        connection.close();
    }
}
