package org.pombal.geodb.memory;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.pombal.geodb.ProxyStatistics;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

final class MemoryProxyStatistics implements ProxyStatistics {

    record Key(SiteId site, HostName proxy, ProxyDestination destination, Traffic traffic) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::site)
                .thenComparing(key -> key.proxy().value())
                .thenComparing(key -> key.destination().toString())
                .thenComparing(Key::traffic);

        static Key of(DestinationStatistics row) {
            return new Key(row.site(), row.proxy(), row.destination(), row.traffic());
        }
    }

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;

    MemoryProxyStatistics(InMemoryCluster store, Requests requests, InstantSource clock) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> publish(Collection<DestinationStatistics> rows) {
        long timestamp = Microseconds.of(clock.instant());
        List<DestinationStatistics> all = List.copyOf(rows);
        return requests.write(
                "publishing statistics",
                () -> all.forEach(row -> store.proxyStatistics.put(Key.of(row), row, timestamp)));
    }

    @Override
    public CompletionStage<List<DestinationStatistics>> list(SiteId site) {
        return requests.read(
                "listing statistics of the proxies of site " + site,
                () -> rows(row -> row.site().equals(site)));
    }

    @Override
    public CompletionStage<List<DestinationStatistics>> list(SiteId site, HostName proxy) {
        return requests.read("listing statistics of proxy " + proxy, () -> rows(of(site, proxy)));
    }

    private static Predicate<DestinationStatistics> of(SiteId site, HostName proxy) {
        return row -> row.site().equals(site) && row.proxy().equals(proxy);
    }

    private List<DestinationStatistics> rows(Predicate<DestinationStatistics> wanted) {
        return store.proxyStatistics
                .values()
                .filter(wanted)
                .filter(row -> row.until().plus(RETENTION).isAfter(store.time()))
                .toList();
    }

    @Override
    public CompletionStage<Void> remove(SiteId site, HostName proxy) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write("removing statistics of proxy " + proxy, () -> rows(of(site, proxy))
                .forEach(row -> store.proxyStatistics.remove(Key.of(row), timestamp)));
    }
}
