package org.pombal.cli.wire;

import java.io.IOException;

/** What came back is no answer of doveadm's HTTP API. */
public final class NotAnAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    NotAnAnswerException(String message) {
        super(message);
    }

    NotAnAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
