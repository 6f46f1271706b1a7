package org.pombal.node.report;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.Backend;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.topology.Topology;

/**
 * Which backend or site it is that a proxy connects to. After a referral a proxy of 2.4 knows a backend by its address only. What a
 * passdb chose and the cluster does not know is nobody.
 */
public final class KnownDestinations {

    private final Topology topology;
    private final HostAddresses addresses;

    public KnownDestinations(Topology topology, HostAddresses addresses) {
        this.topology = requireNonNull(topology, "topology is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
    }

    /** @param host a name or an address */
    public Optional<ProxyDestination> of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return topology.backends().stream()
                .filter(backend -> isCalled(backend.host().value(), name))
                .map(Backend::id)
                .<ProxyDestination>map(ProxyDestination.OfBackend::new)
                .findFirst()
                .or(() -> topology.sites().stream()
                        .filter(site -> !site.name().equals(topology.localSiteName()))
                        .filter(site -> site.loadBalancer()
                                .filter(its -> isCalled(its, name))
                                .isPresent())
                        .map(Site::id)
                        .<ProxyDestination>map(ProxyDestination.OfSite::new)
                        .findFirst());
    }

    private boolean isCalled(String host, String name) {
        if (host.toLowerCase(Locale.ROOT).equals(name)) {
            return true;
        }
        @Nullable InetAddress address = addresses.known(host);
        return address != null && address.getHostAddress().equals(name);
    }
}
