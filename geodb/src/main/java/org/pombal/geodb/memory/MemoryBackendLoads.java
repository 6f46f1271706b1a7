package org.pombal.geodb.memory;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.BackendLoads;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;

final class MemoryBackendLoads implements BackendLoads {

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;

    MemoryBackendLoads(InMemoryCluster store, Requests requests, InstantSource clock) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> publish(BackendLoad load) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write(
                "publishing the load of backend " + load.backend(),
                () -> store.backendLoads.put(load.backend(), load, timestamp));
    }

    @Override
    public CompletionStage<List<BackendLoad>> list(SiteId site) {
        return requests.read("listing loads of the backends of site " + site, () -> store.backendLoads
                .values()
                .filter(load -> load.site().equals(site))
                .filter(load -> load.at().plus(RETENTION).isAfter(store.time()))
                .toList());
    }
}
