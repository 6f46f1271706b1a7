package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

/**
 * Where a node is reached by the others.
 *
 * @param host a host name, or an IP address
 * @param port 1 to 65535
 */
public record PeerAddress(String host, int port) {

    public PeerAddress {
        requireNonNull(host, "host is null");
        if (!host.matches("[A-Za-z0-9._:-]{1,253}") || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a host and a port from 1 to 65535");
        }
    }

    /**
     * Reads {@code host:port}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static PeerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("has no ':' before a port");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets");
        }
        try {
            return new PeerAddress(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the port is not a number", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
