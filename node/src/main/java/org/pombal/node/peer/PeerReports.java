package org.pombal.node.peer;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.SiteId;

/** Reads what the nodes of a site report of themselves. */
@FunctionalInterface
public interface PeerReports {

    /** Those that say where they are reached; the others take no part. */
    CompletionStage<List<PeerReport>> read(SiteId site);
}
