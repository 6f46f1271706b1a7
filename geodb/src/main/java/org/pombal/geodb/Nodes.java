package org.pombal.geodb;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.site.SiteId;

/** What nodes report of themselves, by plain quorum writes. Who has the later clock wins. */
public interface Nodes {

    /** How long a node that is gone stays listed, if nobody removes it before. */
    Duration RETENTION = Duration.ofDays(30);

    /** Replaces what the node reported before. */
    CompletionStage<Void> report(NodeReport report);

    CompletionStage<Optional<NodeReport>> find(NodeId id);

    /** The site's nodes, backends' before proxies', each in the order of their names. */
    CompletionStage<List<NodeReport>> list(SiteId site);

    /** Removes a report. A node that still reports comes back. */
    CompletionStage<Void> remove(NodeId id);
}
