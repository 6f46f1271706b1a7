package org.pombal.simulation.sites;

import java.util.Arrays;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.simulation.Chance;

/**
 * What is so, whoever knows it, and whether what deciders do about other sites fits it: nothing may rest on what was seen while nothing could
 * be decided, or before the decider stood still, and no site may be failed over that has been back for long enough to be seen.
 */
final class Truth {

    /** Shorter ones may pass unnoticed: between two looks, or while a request is under way. */
    private static final long SHORTEST_SPELL = 5 * Chance.SECOND;

    private static final long SHORTEST_HALT = World.TIMINGS.longestGap().toNanos() + 2 * Chance.SECOND;

    /** A loss may have been seen that long before it could be noticed that nothing can be decided: a look, and an answer that does not come. */
    private static final long UNNOTICED = 4 * Chance.SECOND;

    /** Until a site that is back is seen to be: checks, rows of data centres that are apart, and facts that are as old as they may be. */
    private static final long SEEN_BACK =
            17 * Chance.SECOND + World.TIMINGS.longestGap().toNanos();

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final World world;
    private final long[] undecidableSince;
    private final long[] blindUntil;
    private final long[] backSince;

    Truth(World world, int sites) {
        this.world = world;
        this.undecidableSince = new long[sites];
        this.blindUntil = new long[sites];
        this.backSince = new long[sites];
        Arrays.fill(undecidableSince, Long.MAX_VALUE);
        Arrays.fill(blindUntil, NEVER);
    }

    /** Links were cut or joined, or sites lost or back. */
    void changed() {
        long now = world.events().now();
        for (int site = 0; site < backSince.length; site++) {
            if (!world.links().hasMajority(site)) {
                undecidableSince[site] = Math.min(undecidableSince[site], now);
            } else {
                if (now - undecidableSince[site] >= SHORTEST_SPELL) {
                    blindUntil[site] = Math.max(blindUntil[site], now);
                }
                undecidableSince[site] = Long.MAX_VALUE;
            }
            if (isLost(site)) {
                backSince[site] = Long.MAX_VALUE;
            } else {
                backSince[site] = Math.min(backSince[site], now);
            }
        }
    }

    private boolean isLost(int site) {
        int lostFor = 0;
        for (int other = 0; other < backSince.length; other++) {
            lostFor += other != site
                            && !world.links().isDown(other)
                            && !world.links().reaches(other, site)
                    ? 1
                    : 0;
        }
        return 2 * lostFor > backSince.length || (backSince.length == 2 && lostFor == 1);
    }

    /** A site's decider begins anew, and has seen nothing yet. */
    void restarted(int site) {
        blindUntil[site] = NEVER;
    }

    /** A site's decider stands still, up to that time. */
    void standsStill(int site, long until) {
        if (until - world.events().now() >= SHORTEST_HALT) {
            blindUntil[site] = Math.max(blindUntil[site], until);
        }
    }

    /** A site's decider is about to write that another is lost, or taken over. */
    void decided(int by, SiteFailover next) {
        long now = world.events().now();
        String what = "site" + by + " has the failover of site " + next.site() + " " + next.phase();
        if (now - blindUntil[by] < World.TIMINGS.declareAfter().toNanos() - UNNOTICED) {
            world.history()
                    .violated(String.format(
                            "%s %.1f s after it was blind", what, (now - blindUntil[by]) / (double) Chance.SECOND));
        }
        long back = now - backSince[world.node(next.site()).number()];
        if (next.letsOthersTake() && back > SEEN_BACK) {
            world.history()
                    .violated(String.format(
                            "%s though that has been back for %.1f s", what, back / (double) Chance.SECOND));
        }
    }
}
