package org.pombal.dovecot.statistics;

/** Dovecot's statistics cannot be read; the message says from where, and why. */
public final class StatisticsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StatisticsException(String message) {
        super(message);
    }
}
