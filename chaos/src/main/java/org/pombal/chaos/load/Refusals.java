package org.pombal.chaos.load;

import java.util.regex.Pattern;
import org.pombal.chaos.history.ClientEvent.Outcome;

/** What a failure means to a client, by the words of the server. */
final class Refusals {

    /**
     * What makes a client ask its user for another password, or an MTA send the mail back: RFC 5530 for IMAP, RFC 3206 for
     * POP3, RFC 5321 for LMTP.
     */
    private static final Pattern FOR_GOOD = Pattern.compile("answered '("
            + "p\\d+ (NO(?! \\[(UNAVAILABLE|SERVERBUG|INUSE|LIMIT)])|BAD)"
            + "|-ERR(?! \\[(SYS/TEMP|IN-USE)])"
            + "|5\\d\\d )");

    private static final Pattern ANSWER = Pattern.compile(" answered '(?!\\* BYE)");

    private Refusals() {}

    /** Whether the server refused something, and did not just end the session. */
    static boolean isAnswer(String message) {
        return ANSWER.matcher(message).find();
    }

    /** @param message of a {@link org.pombal.demo.mail.MailException} */
    static Outcome outcome(String message) {
        return FOR_GOOD.matcher(message).find() ? Outcome.FAILED_FOR_GOOD : Outcome.FAILED_FOR_NOW;
    }
}
