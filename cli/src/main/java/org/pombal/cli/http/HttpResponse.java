package org.pombal.cli.http;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer whose body is still to be read.
 *
 * @param status as 200
 * @param reason what stood beside the status
 * @param body ends where the body does; throws {@link java.io.EOFException} if it was cut off
 * @param connection to be closed when the body was read
 */
public record HttpResponse(int status, String reason, InputStream body, Closeable connection) implements Closeable {

    public HttpResponse {
        requireNonNull(reason, "reason is null");
        requireNonNull(body, "body is null");
        requireNonNull(connection, "connection is null");
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
