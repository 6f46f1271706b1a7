package org.pombal.demo.mail;

import java.io.IOException;

/** The server refused, or said what nobody expects. The message repeats its answer. */
public final class MailException extends IOException {

    private static final long serialVersionUID = 1L;

    MailException(String message) {
        super(message);
    }
}
