package org.pombal.chaos.history;

import static java.util.Objects.requireNonNull;

/**
 * What a mail client, or one who delivers or administers, has seen.
 *
 * @param user whose mailbox it was about
 * @param way as {@code imap}, {@code pop3}, {@code lmtp}, {@code doveadm}
 * @param begin when it was tried, nanoseconds of CLOCK_MONOTONIC
 * @param end when the outcome was known
 * @param text the server's words when it did not go well, else empty
 */
public record ClientEvent(String user, String way, Outcome outcome, long begin, long end, String text) {

    /** How it went. */
    public enum Outcome {
        /** Served. */
        SERVED,
        /** A session that was served was ended by the server or the network. */
        DISCONNECTED,
        /** To be tried again. */
        FAILED_FOR_NOW,
        /** Told that it need not be tried again. */
        FAILED_FOR_GOOD
    }

    public ClientEvent {
        requireNonNull(user, "user is null");
        requireNonNull(way, "way is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(text, "text is null");
        if (end < begin) {
            throw new IllegalArgumentException("it ended before it began");
        }
    }

    public boolean failed() {
        return outcome == Outcome.FAILED_FOR_NOW || outcome == Outcome.FAILED_FOR_GOOD;
    }
}
