package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all relays of a node share.
 *
 * @param scheduler runs the checks that the sockets are still in place
 */
public record Relays(
        Transport transport, EventLoopGroup eventLoops, ScheduledExecutorService scheduler, RelayMetrics metrics) {

    public Relays {
        requireNonNull(transport, "transport is null");
        requireNonNull(eventLoops, "eventLoops is null");
        requireNonNull(scheduler, "scheduler is null");
        requireNonNull(metrics, "metrics is null");
    }

    /**
     * A relay that is not started yet.
     *
     * @param name for logs
     * @param ours where Dovecot's processes connect to
     * @param permissions of that socket
     * @param authSocket Dovecot's own socket behind it
     */
    public RelayServer server(
            String name, Path ours, Set<PosixFilePermission> permissions, Path authSocket, Judge judge) {
        return new RelayServer(name, ours, permissions, authSocket, judge, transport, eventLoops, scheduler, metrics);
    }
}
