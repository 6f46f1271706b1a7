package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.pombal.demo.server.Commands;

/** One of two sites: a data centre of Cassandra, a proxy that is its load balancer, and a backend. Its data centre has its name. */
public final class PairedSite {

    private final String name;
    private final NodeServers nodes;
    private final Machine geoDb;
    private final Machine proxy;
    private final Machine backend;

    PairedSite(String name, NodeServers nodes, Machine geoDb, Machine proxy, Machine backend) {
        this.name = requireNonNull(name, "name is null");
        this.nodes = requireNonNull(nodes, "nodes is null");
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.proxy = requireNonNull(proxy, "proxy is null");
        this.backend = requireNonNull(backend, "backend is null");
    }

    public String name() {
        return name;
    }

    /** Where mail clients, MTAs and other sites connect. */
    public String proxyAddress() {
        return proxy.host().address();
    }

    /** What the backend is called in the cluster. */
    public String backendName() {
        return ChaosSite.hostName(backend.host());
    }

    Machine geoDb() {
        return geoDb;
    }

    Machine proxy() {
        return proxy;
    }

    Machine backend() {
        return backend;
    }

    List<Host> hosts() {
        return Stream.of(geoDb, proxy, backend).map(Machine::host).toList();
    }

    boolean isReady() {
        return Stream.of(proxy, backend).allMatch(machine -> nodes.isReady(machine.host()));
    }

    /**
     * What {@code pombal cluster ...} prints, given to the proxy's node, with tabs between its columns.
     *
     * @throws IllegalStateException with what it said, if its exit code is not 0
     */
    public String cluster(String... words) {
        return Commands.run(nodes.command(proxy.host(), List.of(words)));
    }

    @Override
    public String toString() {
        return name;
    }
}
