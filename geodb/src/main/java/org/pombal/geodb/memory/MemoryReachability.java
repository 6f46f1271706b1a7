package org.pombal.geodb.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Reachability;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.SiteId;

final class MemoryReachability implements Reachability {

    record Key(SiteId source, SiteId destination, String proxy) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::source)
                .thenComparing(Key::destination)
                .thenComparing(Key::proxy);
    }

    /** @param at when it was written, by the servers' clock */
    record Written(SiteSight sight, Instant at) {}

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;

    MemoryReachability(InMemoryCluster store, Requests requests, InstantSource clock) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> publish(Collection<SiteSight> sights) {
        long timestamp = Microseconds.of(clock.instant());
        List<SiteSight> all = List.copyOf(sights);
        return requests.write(
                "publishing reachability",
                () -> all.forEach(sight -> store.reachability.put(
                        new Key(
                                sight.source(),
                                sight.destination(),
                                sight.proxy().value()),
                        new Written(sight, store.time()),
                        timestamp)));
    }

    @Override
    public CompletionStage<List<SiteSight>> from(SiteId source) {
        return requests.read("reading which sites site " + source + " reaches", () -> store.reachability
                .values()
                .filter(row -> row.sight().source().equals(source))
                .filter(row -> age(row).compareTo(RETENTION) < 0)
                .map(row -> aged(row.sight(), age(row)))
                .toList());
    }

    private Duration age(Written row) {
        return Duration.between(row.at(), store.time()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static SiteSight aged(SiteSight sight, Duration age) {
        return new SiteSight(
                sight.source(),
                sight.destination(),
                sight.proxy(),
                sight.reachable(),
                sight.lasts(),
                sight.interval(),
                sight.why(),
                age);
    }
}
