package org.pombal.demo.mail;

/** A mail server could not be reached, or did not answer as it should; the message has its answer. */
public final class MailException extends RuntimeException {

    public MailException(String message) {
        super(message);
    }

    public MailException(String message, Throwable cause) {
        super(message, cause);
    }
}
