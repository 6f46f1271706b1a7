package org.pombal.cli.http;

import java.io.IOException;

/** What came back is no HTTP/1.1. */
public final class HttpException extends IOException {

    private static final long serialVersionUID = 1L;

    HttpException(String message) {
        super(message);
    }
}
