package org.pombal.geodb.memory;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Nodes;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.site.SiteId;

final class MemoryNodes implements Nodes {

    static final Comparator<NodeId> ORDER = Comparator.comparing(NodeId::site)
            .thenComparing(id -> id.role().toString())
            .thenComparing(id -> id.name().value());

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;

    MemoryNodes(InMemoryCluster store, Requests requests, InstantSource clock) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> report(NodeReport report) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write("reporting " + report.id(), () -> store.nodes.put(report.id(), report, timestamp));
    }

    @Override
    public CompletionStage<Optional<NodeReport>> find(NodeId id) {
        return requests.read("reading " + id, () -> store.nodes.get(id).filter(this::isKept));
    }

    @Override
    public CompletionStage<List<NodeReport>> list(SiteId site) {
        return requests.read("listing nodes of site " + site, () -> store.nodes
                .values()
                .filter(report -> report.id().site().equals(site))
                .filter(this::isKept)
                .toList());
    }

    /** Rows expire by the time since they were written, for which the report's own stands here. */
    private boolean isKept(NodeReport report) {
        return report.age(store.time()).compareTo(RETENTION) < 0;
    }

    @Override
    public CompletionStage<Void> remove(NodeId id) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write("removing " + id, () -> store.nodes.remove(id, timestamp));
    }
}
