package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * Where a server listens.
 *
 * @param host a name or address of this machine; {@code *} for all
 * @param port 0 to 65535; 0 lets the system choose
 */
public record ListenAddress(String host, int port) {

    public static final ValueType<ListenAddress> TYPE = new ValueType<>(
            "address:port, as 127.0.0.1:24280, [::1]:24280 or *:24280", ListenAddress::parse, ListenAddress::toString);

    public ListenAddress {
        requireNonNull(host, "host is null");
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not an address and a port from 0 to 65535");
        }
    }

    static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("has no ':' before a port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new ListenAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the port is not a number", e);
        }
    }

    public InetSocketAddress toSocketAddress() {
        return host.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
