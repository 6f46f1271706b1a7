package org.pombal.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends a request over a connection of its own and reads the head of the answer (RFC 9112). */
public final class HttpClient {

    private final Endpoint endpoint;
    private final Duration timeout;
    private final Optional<String> authorization;

    /**
     * @param timeout how long to wait for the connection, and for each piece of the answer
     * @param authorization the value of the Authorization header
     */
    public HttpClient(Endpoint endpoint, Duration timeout, Optional<String> authorization) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.authorization = requireNonNull(authorization, "authorization is null");
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * @throws CannotConnectException if nobody answers there, so that nothing was sent
     * @throws IOException if sending failed or what came back is no HTTP
     */
    public HttpResponse post(String path, byte[] json) throws IOException {
        Connection connection = connect();
        try {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head(path, json.length).getBytes(ISO_8859_1));
            request.writeBytes(json);
            connection.output().write(request.toByteArray());
            connection.output().flush();
            return new ResponseHead(new BufferedInputStream(connection.input())).read(connection);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect() throws CannotConnectException {
        try {
            return endpoint.connect(timeout);
        } catch (IOException e) {
            throw new CannotConnectException(e);
        }
    }

    private String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + endpoint.hostHeader()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length
                + authorization.map(value -> "\r\nAuthorization: " + value).orElse("")
                + "\r\nConnection: close\r\n\r\n";
    }
}
