package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A host with the servers that run on it.
 *
 * @param servers in the order in which they start
 */
public record Machine(Host host, List<Server> servers) {

    public Machine {
        requireNonNull(host, "host is null");
        servers = List.copyOf(servers);
    }

    /** Switches it on. */
    public void up() {
        servers.forEach(Server::up);
    }

    /** All its processes are gone when this returns, and stay so. */
    public void powerOff() {
        servers.forEach(Server::down);
        host.killAll();
    }

    /** The server with this name. */
    public Server server(String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(host.name() + " has no server " + name));
    }
}
