package org.pombal.node.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;

/**
 * What GeoDB says.
 *
 * @param sites all of them
 * @param backends those of the local site
 * @param self this backend, wherever it belongs; empty beside a proxy, and if GeoDB does not know it
 * @param clockAhead how far GeoDB's clock is ahead of this machine's; negative if it is behind
 */
record GeoDbFacts(List<Site> sites, List<Backend> backends, Optional<Backend> self, Duration clockAhead) {

    GeoDbFacts {
        sites = List.copyOf(sites);
        backends = List.copyOf(backends);
    }

    Optional<Site> site(String name) {
        return sites.stream().filter(site -> site.name().equals(name)).findFirst();
    }

    /** Hosts that this machine connects to: backends of its site, load balancers of others. */
    List<NamedHost> hosts(String localSite) {
        return Stream.concat(
                        backends.stream()
                                .map(Backend::host)
                                .map(HostName::value)
                                .map(host -> new NamedHost(host, "backend")),
                        sites.stream()
                                .filter(site -> !site.name().equals(localSite))
                                .flatMap(site -> site.loadBalancer().stream())
                                .map(host -> new NamedHost(host, "load balancer")))
                .toList();
    }

    /** @param what it is, for messages */
    record NamedHost(String host, String what) {}
}
