package org.pombal.geodb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;

/** How loaded the backends of a site are, by plain quorum writes: one row for each backend, of the last measurement. */
public interface BackendLoads {

    /** How long a row stays that is not written again. */
    Duration RETENTION = Duration.ofDays(1);

    /** Replaces what was published of the backend before. */
    CompletionStage<Void> publish(BackendLoad load);

    /** All of a site. */
    CompletionStage<List<BackendLoad>> list(SiteId site);
}
