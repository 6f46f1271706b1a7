package org.pombal.geodb;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.site.SiteId;

/** What sites' controllers do by themselves; serial level SERIAL. */
public interface Features {

    /**
     * All features of a site, in the order of {@link org.pombal.model.feature.Feature}. Those that nobody has set are off. Where the
     * table of features is missing, as in a GeoDB from before there were any, all are on.
     */
    CompletionStage<List<SiteFeature>> list(SiteId site);

    /** Writes a feature that still has the version before. Fails where the table is missing. */
    CompletionStage<Cas<SiteFeature>> update(SiteFeature next);
}
