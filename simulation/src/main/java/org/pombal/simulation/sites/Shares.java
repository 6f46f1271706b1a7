package org.pombal.simulation.sites;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.pombal.model.forcemove.ForcePlacement;
import org.pombal.model.placement.User;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UsernameHash;
import org.pombal.simulation.Chance;

/** Operators who want a share of a site's users elsewhere, and what that promises while all is well. */
final class Shares {

    /** Until all nodes know of a change, and logins are decided that came before. */
    private static final long KNOWN = 6 * Chance.SECOND;

    private final World world;
    private final long[] since;
    private long calmSince = Long.MAX_VALUE;

    Shares(World world, int sites) {
        this.world = world;
        this.since = new long[sites];
        Arrays.fill(since, Long.MAX_VALUE / 2);
    }

    /** From now on nothing goes wrong. */
    void calm() {
        calmSince = world.events().now();
    }

    /** All is well no longer. */
    void disturbed() {
        calmSince = Long.MAX_VALUE;
    }

    /** Starts, raises, lowers or stops something. */
    void change(int site) {
        Chance chance = world.chance();
        Optional<ForceMove<SiteId>> standing = world.sites().get(site).forceMove();
        if (standing.isPresent()) {
            set(
                    site,
                    chance.in(30) ? Optional.empty() : standing.map(its -> its.withPercentage(chance.between(0, 100))));
        } else {
            start(site, chance.between(0, 100));
        }
    }

    void start(int site, int percentage) {
        TreeSet<SiteId> destinations = new TreeSet<>();
        List<Site> all = world.sites();
        all.stream()
                .map(Site::id)
                .filter(id -> world.node(id).number() != site && world.chance().in(60))
                .forEach(destinations::add);
        if (destinations.isEmpty()) {
            destinations.add(all.get(site == 0 ? 1 : 0).id());
        }
        UserShare share = new UserShare("share" + world.chance().below(1000), percentage);
        set(site, Optional.of(new ForceMove<>(share, destinations)));
    }

    void percentage(int site, int percentage) {
        set(site, world.sites().get(site).forceMove().map(its -> its.withPercentage(percentage)));
    }

    void stopAll() {
        for (int site = 0; site < since.length; site++) {
            set(site, Optional.empty());
        }
    }

    private void set(int site, Optional<ForceMove<SiteId>> wanted) {
        world.sites().set(site, world.sites().get(site).withForceMove(wanted));
        since[site] = world.events().now();
    }

    /** Whether a user is to be elsewhere, by what stands. */
    boolean wantsElsewhere(int site, User user) {
        Site here = world.sites().get(site);
        return user.home().site().equals(here.id())
                && user.origin().isEmpty()
                && ForcePlacement.inOtherSite(user.key(), here, world.sites(), UsernameHash.WHOLE_NAME)
                        .isPresent();
    }

    /** Somebody who logs in is let in. */
    void served(int site, User user) {
        long known = Math.max(calmSince, since[site]) + KNOWN;
        if (calmSince != Long.MAX_VALUE && world.events().now() > known && wantsElsewhere(site, user)) {
            world.history()
                    .violated("user " + user.key() + " is let in on site" + site
                            + ", who was to leave it before, and could");
        }
    }
}
