package org.pombal.cli.http;

import java.io.IOException;
import java.time.Duration;

/** Where a node answers. */
public sealed interface Endpoint permits UnixEndpoint, TcpEndpoint {

    /**
     * @param timeout how long to wait for the connection, and for each piece of an answer
     * @throws IOException if nobody answers
     */
    Connection connect(Duration timeout) throws IOException;

    /** The value of the Host header (RFC 9112 section 3.2). */
    String hostHeader();

    /** What to do when nobody answers, in a sentence. */
    String advice();

    /** As an operator writes it. */
    @Override
    String toString();
}
