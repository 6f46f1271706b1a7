package org.pombal.node.relay;

import io.netty.bootstrap.ServerBootstrap;
import java.nio.file.Path;
import java.util.Optional;

/** Where the connections of Dovecot's processes come in. */
public interface ListeningSocket {

    /** Where they look for it. */
    Path path();

    /**
     * Listens as soon as that is possible, and goes on until it is stopped.
     *
     * @param accepting knows what becomes of each connection, and lacks only the listening channel
     */
    void start(ServerBootstrap accepting);

    /** Why nobody is accepted now; empty if it is so. */
    Optional<String> obstacle();

    /** Accepts nobody any more. Returns when that is so. */
    void stop();
}
