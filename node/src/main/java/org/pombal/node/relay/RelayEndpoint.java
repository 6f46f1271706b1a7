package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.pombal.node.log.RateLimitedLog;

/**
 * What all connections of one of our sockets share.
 *
 * @param name for logs: {@code login} or {@code userdb}
 * @param authSocket Dovecot's own socket, to which each connection is relayed
 * @param authProblems where to say that auth is away, not too often
 */
record RelayEndpoint(
        String name,
        Path authSocket,
        Judge judge,
        Transport transport,
        RelayMetrics metrics,
        RateLimitedLog authProblems) {

    RelayEndpoint {
        requireNonNull(name, "name is null");
        requireNonNull(authSocket, "authSocket is null");
        requireNonNull(judge, "judge is null");
        requireNonNull(transport, "transport is null");
        requireNonNull(metrics, "metrics is null");
        requireNonNull(authProblems, "authProblems is null");
    }
}
