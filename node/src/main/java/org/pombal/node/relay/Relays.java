package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What all relays of a node share.
 *
 * @param sockets makes the listening sockets: bound by the node itself, or kept by the guardian
 */
public record Relays(
        Transport transport,
        EventLoopGroup eventLoops,
        Function<SocketFile, ListeningSocket> sockets,
        RelayMetrics metrics) {

    public Relays {
        requireNonNull(transport, "transport is null");
        requireNonNull(eventLoops, "eventLoops is null");
        requireNonNull(sockets, "sockets is null");
        requireNonNull(metrics, "metrics is null");
    }

    /**
     * A relay that is not started yet.
     *
     * @param name for logs
     * @param ours where Dovecot's processes connect to
     * @param authSocket Dovecot's own socket behind it
     */
    public RelayServer server(String name, SocketFile ours, Path authSocket, Judge judge) {
        return new RelayServer(name, sockets.apply(ours), authSocket, judge, transport, eventLoops, metrics);
    }
}
