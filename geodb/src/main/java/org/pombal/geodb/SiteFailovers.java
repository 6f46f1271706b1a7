package org.pombal.geodb;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.SiteFailover;

/** Failovers of sites: a row for each that ever had one; serial level SERIAL. */
public interface SiteFailovers {

    /** The row of a site; that of a site without one says that it never failed over. */
    CompletionStage<SiteFailover> find(SiteId site, ReadLevel level);

    /** All rows, as a quorum of the local data centre has them. */
    CompletionStage<List<SiteFailover>> list();

    /** Writes the row if the version before stands, or none if {@code next} is the first, and announces it. */
    CompletionStage<Cas<SiteFailover>> update(SiteFailover next);
}
