package org.pombal.node.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * One thing about the set-up that an operator should know.
 *
 * @param text what was found, with its value, and what to do
 */
public record Finding(Severity severity, Subject subject, String text) {

    /** How bad it is. */
    public enum Severity {
        /** Users are not served, or might be served on two backends at a time. */
        ERROR,
        /** It works, but not as it should. */
        WARNING,
        /** Something could not be looked at. */
        NOTE
    }

    /** What it is about; docs/troubleshooting.md has a line for each. */
    public enum Subject {
        GEODB,
        CLOCK,
        DOVECOT,
        BASE_DIR,
        LOGINS,
        LOOKUPS,
        MAIL_PROCESSES,
        DELIVERY,
        RESTART,
        TRUST,
        DOVEADM,
        SESSIONS,
        STATISTICS,
        SOCKETS,
        NAMES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Finding {
        requireNonNull(severity, "severity is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(text, "text is null");
    }

    static Finding error(Subject subject, String text) {
        return new Finding(Severity.ERROR, subject, text);
    }

    static Finding warning(Subject subject, String text) {
        return new Finding(Severity.WARNING, subject, text);
    }

    static Finding note(Subject subject, String text) {
        return new Finding(Severity.NOTE, subject, text);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line, as {@code error logins: ...}. */
    @Override
    public String toString() {
        return severity.name().toLowerCase(Locale.ROOT) + " " + subject + ": " + text;
    }
}
