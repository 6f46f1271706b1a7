package org.pombal.cli.http;

import java.io.IOException;

/** There was no connection; nothing was sent. */
public final class CannotConnectException extends IOException {

    private static final long serialVersionUID = 1L;

    CannotConnectException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
