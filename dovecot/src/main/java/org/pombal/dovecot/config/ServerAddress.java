package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** A host, by name or IP address without brackets, and a port from 1 to 65535. */
public record ServerAddress(String host, int port) {

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** @throws IllegalArgumentException naming what is wrong */
    public ServerAddress {
        requireNonNull(host, "host is null");
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + host + "' is neither a host name nor an IP address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port of " + host + " is " + port + ", but must be 1 to 65535");
        }
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
