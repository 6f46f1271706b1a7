package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

/**
 * {@code host:port} as Dovecot writes it: the last colon splits, and an IPv6 address may stand in brackets or not.
 *
 * <p>Source: {@code net_ipport2str} and {@code net_str2hostport} in Dovecot's {@code src/lib/net.c}.
 */
record HostAndPort(String host, String port) {

    HostAndPort {
        requireNonNull(host, "host is null");
        requireNonNull(port, "port is null");
    }

    static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        boolean bracketed = host.length() > 1 && host.startsWith("[") && host.endsWith("]");
        return new HostAndPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }
}
