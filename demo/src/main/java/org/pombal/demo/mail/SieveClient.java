package org.pombal.demo.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Manages a user's filter scripts by ManageSieve (RFC 5804). */
public final class SieveClient implements AutoCloseable {

    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}$");

    private final LineConnection connection;

    private SieveClient(LineConnection connection) {
        this.connection = connection;
    }

    /** Connects, and waits for the end of the greeting. */
    public static SieveClient connect(String host, int port, Duration patience) {
        SieveClient client = new SieveClient(LineConnection.open("sieve", host, port, patience));
        try {
            client.response("the connection");
        } catch (MailException e) {
            client.close();
            throw e;
        }
        return client;
    }

    public void login(String user, String password) {
        connection.send("AUTHENTICATE \"PLAIN\" \"" + LineConnection.saslPlain(user, password) + '"');
        response("AUTHENTICATE PLAIN for " + user);
    }

    /** Stores a script; the server checks its syntax. */
    public void putScript(String name, String script) {
        connection.sendRaw(
                "PUTSCRIPT " + quoted(name) + " {" + script.getBytes(UTF_8).length + "+}\r\n" + script + "\r\n");
        response("PUTSCRIPT " + name);
    }

    /** Names of the scripts; names with quotation marks are not understood. */
    public List<String> listScripts() {
        connection.send("LISTSCRIPTS");
        return response("LISTSCRIPTS").stream()
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    public void logout() {
        connection.send("LOGOUT");
        response("LOGOUT");
    }

    /** The lines before OK; all of them begin with a quotation mark here. */
    private List<String> response(String shown) {
        List<String> lines = new ArrayList<>();
        String line = connection.line();
        while (line.startsWith("\"")) {
            lines.add(line);
            line = connection.line();
        }
        if (!line.startsWith("OK")) {
            throw connection.failed(shown, withLiteral(line));
        }
        return lines;
    }

    /** A refusal of several lines comes as a literal: {@code NO {123}}, then so many bytes. */
    private String withLiteral(String line) {
        Matcher literal = LITERAL.matcher(line);
        if (!literal.find()) {
            return line;
        }
        String text = connection.literal(Integer.parseInt(literal.group(1)));
        connection.line();
        return line + " " + text.strip();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() {
        connection.close();
    }
}
