package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;

/**
 * Where a proxy connects.
 *
 * @param host the name certificates are checked against
 * @param address one of the addresses the name has now
 */
public record Destination(String host, InetAddress address) {

    public Destination {
        requireNonNull(host, "host is null");
        requireNonNull(address, "address is null");
    }
}
