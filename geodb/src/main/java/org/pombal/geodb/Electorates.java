package org.pombal.geodb;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;

/** Which nodes of a site vote on whether GeoDB is up; one row a site, serial level LOCAL_SERIAL. */
public interface Electorates {

    CompletionStage<Optional<Electorate>> find(SiteId site, ReadLevel level);

    /** Writes the electorate if the row has the version before, or adds it if it is the first and there is none. */
    CompletionStage<Cas<Electorate>> update(Electorate next);
}
