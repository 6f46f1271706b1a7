package org.pombal.model.sitefailover;

import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;

/**
 * What a user's row, read at the serial level, means to a site under its present term. A row that the site has not claimed under that term
 * may still be changed by somebody who takes its users over and comes late; claiming changes its version, and so makes that void.
 */
public sealed interface HomeClaim {

    /** The user is at home here. */
    record Here() implements HomeClaim {}

    /** The user is at home here as soon as this is written; if somebody else was first, read again. */
    record Claim(User next) implements HomeClaim {}

    /** The user is at home in another site. */
    record Elsewhere(SiteId site) implements HomeClaim {}

    static HomeClaim of(User row, SiteId here, long term) {
        if (!row.home().site().equals(here)) {
            return new Elsewhere(row.home().site());
        }
        return row.homeTerm() >= term ? new Here() : new Claim(row.claimed(term));
    }
}
