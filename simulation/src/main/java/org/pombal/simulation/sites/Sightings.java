package org.pombal.simulation.sites;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.ReachabilityJudge;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.simulation.Chance;

/**
 * What the proxies of each site find of the others, check by check, and the copies of it that the data centres have: what was written
 * while two of them were apart is known to the other when it is written anew, and grows old until then.
 */
final class Sightings {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private record Said(boolean reachable, long at) {}

    private final World world;
    private final ReachabilityJudge[][] judges;
    private final @Nullable Said[][][] copies;

    Sightings(World world, int sites) {
        this.world = world;
        this.judges = new ReachabilityJudge[sites][sites];
        this.copies = new @Nullable Said[sites][sites][sites];
        for (int site = 0; site < sites; site++) {
            restart(site);
        }
    }

    /** The site's proxies begin anew. */
    void restart(int site) {
        for (int to = 0; to < judges.length; to++) {
            judges[site][to] = new ReachabilityJudge();
        }
    }

    /** A site's proxies look at the others, and write down what they find. */
    void check(int from) {
        long now = world.events().now();
        for (int to = 0; to < judges.length; to++) {
            if (to == from) {
                continue;
            }
            Optional<String> failure =
                    world.links().reaches(from, to) ? Optional.empty() : Optional.of("no connection");
            ReachabilityJudge.State state = judges[from][to].checked(now, failure, false);
            for (int viewer = 0; viewer < judges.length; viewer++) {
                if (state != ReachabilityJudge.State.UNKNOWN && world.links().areJoined(from, viewer)) {
                    copies[viewer][from][to] = new Said(state == ReachabilityJudge.State.REACHABLE, now);
                }
            }
        }
    }

    /** What a site's data centre has. */
    ReachabilityMatrix seenBy(int viewer) {
        List<Site> sites = world.sites();
        List<SiteSight> sights = new ArrayList<>();
        for (int from = 0; from < judges.length; from++) {
            for (int to = 0; to < judges.length; to++) {
                Said said = copies[viewer][from][to];
                if (said != null) {
                    sights.add(new SiteSight(
                            sites.get(from).id(),
                            sites.get(to).id(),
                            new HostName("proxy"),
                            said.reachable(),
                            Duration.ZERO,
                            INTERVAL,
                            Optional.empty(),
                            Duration.ofSeconds((world.events().now() - said.at()) / Chance.SECOND)));
                }
            }
        }
        return new ReachabilityMatrix(sights);
    }
}
