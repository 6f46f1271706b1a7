package org.pombal.node.testlogin;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.node.topology.Topology;

/**
 * Where the test user logs in: at the backends of this site, and at the load balancers of others. What an operator took out is left
 * alone, for he may have stopped it.
 */
public final class TestDestinations implements Supplier<List<TestDestinations.Destination>> {

    /** @param host its name */
    record Destination(ProxyDestination id, String host) {}

    private final Topology topology;

    public TestDestinations(Topology topology) {
        this.topology = requireNonNull(topology, "topology is null");
    }

    @Override
    public List<Destination> get() {
        Stream<Destination> backends = topology.backends().stream()
                .filter(backend -> backend.status() != BackendStatus.STANDBY)
                .map(backend -> new Destination(
                        new ProxyDestination.OfBackend(backend.id()),
                        backend.host().value()));
        Stream<Destination> sites = topology.sites().stream()
                .filter(site -> !site.name().equals(topology.localSiteName()))
                .filter(site -> site.status() == SiteStatus.ONLINE || site.status() == SiteStatus.OFFLINE)
                .flatMap(site -> site.loadBalancer().stream()
                        .map(host -> new Destination(new ProxyDestination.OfSite(site.id()), host)));
        return Stream.concat(backends, sites).toList();
    }
}
