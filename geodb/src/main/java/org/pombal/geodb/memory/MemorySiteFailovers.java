package org.pombal.geodb.memory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.SiteFailovers;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.SiteFailover;

final class MemorySiteFailovers implements SiteFailovers {

    private final InMemoryCluster store;
    private final Requests requests;
    private final Announcing announcing;

    MemorySiteFailovers(InMemoryCluster store, Requests requests, Announcing announcing) {
        this.store = store;
        this.requests = requests;
        this.announcing = announcing;
    }

    @Override
    public CompletionStage<SiteFailover> find(SiteId site, ReadLevel level) {
        return requests.read(
                "reading the failover of site " + site,
                () -> Kept.present(store.siteFailovers.get(site, level)).orElseGet(() -> SiteFailover.never(site)));
    }

    @Override
    public CompletionStage<List<SiteFailover>> list() {
        return requests.read(
                "listing failovers of sites",
                () -> store.siteFailovers.scan().stream().map(Kept::row).toList());
    }

    @Override
    public CompletionStage<Cas<SiteFailover>> update(SiteFailover next) {
        return announcing.after(
                requests.compareAndSet("writing the failover of site " + next.site(), attempt -> {
                    Optional<Kept<SiteFailover>> standing = store.siteFailovers.get(next.site(), ReadLevel.SERIAL);
                    return Updates.firstOrNext(
                            standing,
                            next,
                            SiteFailover::version,
                            attempt,
                            row -> store.siteFailovers.put(next.site(), row, attempt.commits()));
                }),
                new Change.SitesChanged());
    }
}
