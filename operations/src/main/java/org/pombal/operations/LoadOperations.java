package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.BackendLoad;

/** What an operator looks up about the load that nodes measure. */
public final class LoadOperations {

    /** What the node of a backend measured last. */
    public record Listed(Backend backend, BackendLoad load) {
        public Listed {
            requireNonNull(backend, "backend is null");
            requireNonNull(load, "load is null");
        }
    }

    private final Cluster cluster;
    private final Lookup lookup;

    public LoadOperations(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** The measurements of a site's backends, in the order of the backends; without those that nobody has measured in the last day. */
    public CompletionStage<Outcome<List<Listed>>> list(String siteName) {
        return Attempt.at(attempt -> lookup.site(siteName).thenCompose(this::listed));
    }

    private CompletionStage<List<Listed>> listed(Site site) {
        return cluster.geoDb()
                .backends()
                .list(site.id())
                .thenCombine(cluster.geoDb().backendLoads().list(site.id()), LoadOperations::joined);
    }

    private static List<Listed> joined(List<Backend> backends, List<BackendLoad> loads) {
        Map<BackendId, BackendLoad> byBackend = new HashMap<>();
        loads.forEach(load -> byBackend.put(load.backend(), load));
        List<Listed> listed = new ArrayList<>();
        for (Backend backend : backends) {
            BackendLoad load = byBackend.get(backend.id());
            if (load != null) {
                listed.add(new Listed(backend, load));
            }
        }
        return listed;
    }
}
