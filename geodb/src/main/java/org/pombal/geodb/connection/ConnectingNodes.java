package org.pombal.geodb.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Nodes;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.site.SiteId;

/** Nodes in the GeoDB once it is connected. */
record ConnectingNodes(ConnectingGeoDb geoDb) implements Nodes {

    @Override
    public CompletionStage<Void> report(NodeReport report) {
        return geoDb.ask(db -> db.nodes().report(report));
    }

    @Override
    public CompletionStage<Optional<NodeReport>> find(NodeId id) {
        return geoDb.ask(db -> db.nodes().find(id));
    }

    @Override
    public CompletionStage<List<NodeReport>> list(SiteId site) {
        return geoDb.ask(db -> db.nodes().list(site));
    }

    @Override
    public CompletionStage<Void> remove(NodeId id) {
        return geoDb.ask(db -> db.nodes().remove(id));
    }
}
