package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.HostName;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.topology.Topology;

/** The routes of users, in the two ways they are asked for. */
public final class Routes {

    private final RouteLookup lookup;
    private final Topology topology;
    private final RoutingMetrics metrics;

    Routes(RouteLookup lookup, Topology topology, RoutingMetrics metrics) {
        this.lookup = requireNonNull(lookup, "lookup is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** Where to connect for a user. */
    public Destinations destinations(HostAddresses addresses) {
        return new Destinations(lookup, addresses, metrics);
    }

    /** Whether a user is the backend's of this name. */
    public Admissions admissions(HostName self) {
        return new Admissions(lookup, topology, self, metrics);
    }
}
