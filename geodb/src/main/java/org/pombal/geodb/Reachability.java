package org.pombal.geodb;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.SiteId;

/**
 * What proxies say about their way to other sites, by plain quorum writes that expire. How old a row is, GeoDB's servers say, by how
 * much of its time is left: no clock of a node counts.
 */
public interface Reachability {

    /** How long a row stays that is not written again. */
    Duration RETENTION = Duration.ofHours(1);

    /** Replaces rows; {@link SiteSight#age} is not written. Fails if one is not known to be written, when others may be. */
    CompletionStage<Void> publish(Collection<SiteSight> sights);

    /** All rows of the proxies of a site. */
    CompletionStage<List<SiteSight>> from(SiteId source);
}
