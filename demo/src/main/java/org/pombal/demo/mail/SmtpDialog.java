package org.pombal.demo.mail;

/** What SMTP, LMTP and Submission have in common (RFC 5321, RFC 2033, RFC 6409). */
final class SmtpDialog {

    private final LineConnection connection;

    SmtpDialog(LineConnection connection) {
        this.connection = connection;
    }

    /** Waits for the greeting and sends the client's: {@code EHLO} or {@code LHLO}. */
    void greet(String verb) {
        reply("220", "the connection");
        command(verb + " localhost", "250", verb);
    }

    String command(String command, String code, String shown) {
        connection.send(command);
        return reply(code, shown);
    }

    /** The last line of a reply, which must have this code. */
    String reply(String code, String shown) {
        String line = connection.line();
        while (line.startsWith("-", 3)) {
            line = connection.line();
        }
        if (!line.startsWith(code)) {
            throw connection.failed(shown, line);
        }
        return line;
    }

    /** Hands over a message for one recipient; returns the server's last word. */
    String transaction(String from, String to, String message) {
        command("MAIL FROM:<" + from + ">", "250", "MAIL FROM:<" + from + ">");
        command("RCPT TO:<" + to + ">", "250", "RCPT TO:<" + to + ">");
        command("DATA", "354", "DATA");
        message.lines().forEach(line -> connection.send(line.startsWith(".") ? "." + line : line));
        return command(".", "250", "the message to " + to);
    }

    void quit() {
        command("QUIT", "221", "QUIT");
    }
}
