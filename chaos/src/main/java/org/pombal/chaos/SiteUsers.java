package org.pombal.chaos;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.IntStream;
import org.pombal.chaos.site.PairedSite;
import org.pombal.chaos.site.SitePair;
import org.pombal.chaos.site.SiteShape;

/** Who is at home where, of the users of two sites. */
record SiteUsers(SitePair pair) {

    private static final int REGULARS = 3;

    /** All of them. */
    static final int COUNT = 2 * (REGULARS + 1) + 1;

    /** Has no home before the link is cut. */
    static final String NEWCOMER = SiteShape.user(COUNT);

    SiteUsers {
        requireNonNull(pair, "pair is null");
    }

    /** All who are at home in a site before the link is cut. */
    List<String> of(PairedSite site) {
        int first = 1 + (REGULARS + 1) * pair.sites().indexOf(site);
        return IntStream.rangeClosed(first, first + REGULARS)
                .mapToObj(SiteShape::user)
                .toList();
    }

    /** Those who come in where they are at home. */
    List<String> regulars(PairedSite site) {
        return of(site).subList(0, REGULARS);
    }

    /** The one who comes in at the other site. */
    String traveller(PairedSite site) {
        return of(site).get(REGULARS);
    }
}
