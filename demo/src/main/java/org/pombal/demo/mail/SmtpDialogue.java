package org.pombal.demo.mail;

import java.io.IOException;

/** What LMTP and Submission have in common: SMTP's replies (RFC 5321 section 4.2) and how a message is handed over. */
final class SmtpDialogue {

    private final LineConnection connection;

    /** Reads the greeting. */
    SmtpDialogue(LineConnection connection) throws IOException {
        this.connection = connection;
        reply("220");
    }

    void command(String text, String code) throws IOException {
        connection.send(text);
        reply(code);
    }

    /** Hands a message over; one recipient, so LMTP too answers once. */
    void message(String sender, String recipient, String subject) throws IOException {
        command("MAIL FROM:<" + sender + ">", "250");
        command("RCPT TO:<" + recipient + ">", "250");
        command("DATA", "354");
        connection.send("From: " + sender);
        connection.send("To: " + recipient);
        connection.send("Subject: " + subject);
        connection.send("");
        connection.send("Sent by Pombal's demo.");
        command(".", "250");
    }

    private void reply(String code) throws IOException {
        String line;
        do {
            line = connection.expect(code);
        } while (line.startsWith(code + "-"));
    }
}
