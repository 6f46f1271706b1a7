package org.pombal.acceptance;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a backend's log says of one session.
 *
 * @param protocol as {@code imap}, {@code pop3}, {@code submission}, {@code sieve}, {@code lmtp}, {@code doveadm}
 * @param session Dovecot's id of the session; a proxy hands its own on to the backend
 */
record WatchedSession(String backend, String protocol, String user, String session) {

    /** 2.3 says "Login", 2.4 "Logged in". */
    private static final Pattern LOGIN =
            Pattern.compile("(\\w+)-login: Info: (?:Login|Logged in): user=<([^>]*)>.*session=<([^>]*)>");

    private static final Pattern DELIVERY =
            Pattern.compile("(lmtp)\\(([^)]*)\\)<\\d+><([^>]*)>: Info: .*(?:saved mail to|stored mail into) ");

    private static final Pattern COMMAND =
            Pattern.compile("(doveadm)\\(([^)]*)\\)<\\d+><([^>]*)>: Debug: User session is finished");

    public WatchedSession {
        requireNonNull(backend, "backend is null");
        requireNonNull(protocol, "protocol is null");
        requireNonNull(user, "user is null");
        requireNonNull(session, "session is null");
    }

    /** The session that a line of the log shows to be served, if it is such a line. */
    static Optional<WatchedSession> of(String backend, String line) {
        for (Pattern pattern : new Pattern[] {LOGIN, DELIVERY, COMMAND}) {
            Matcher found = pattern.matcher(line);
            if (found.find()) {
                String protocol = found.group(1).equals("managesieve") ? "sieve" : found.group(1);
                return Optional.of(new WatchedSession(backend, protocol, found.group(2), found.group(3)));
            }
        }
        return Optional.empty();
    }
}
