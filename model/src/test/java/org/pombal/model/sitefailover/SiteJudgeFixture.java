package org.pombal.model.sitefailover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;

/** Sites, what is seen of them, and one who judges. */
abstract class SiteJudgeFixture {

    static final long SECOND = 1_000_000_000L;
    static final FailoverTimings TIMINGS = new FailoverTimings(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(4),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10));

    final List<Site> sites = new ArrayList<>();
    final Map<SiteId, SiteFailover> rows = new HashMap<>();
    final Set<SiteId> lost = new TreeSet<>();
    final Set<SiteId> home = new TreeSet<>();
    final SiteJudge judge = new SiteJudge(TIMINGS, FailoverRules.PROTOCOL);
    boolean automatic = true;
    boolean majority = true;
    long gathering;
    long now = 1_000 * SECOND;

    Site site(int number) {
        Site site = Site.added(new SiteId(new UUID(0, number)), "s" + number)
                .withLoadBalancer("lb" + number)
                .withGroupCount(10);
        sites.add(site);
        return site;
    }

    List<SiteJudge.Decision> judged(Site own) {
        return judged(own, judge, now);
    }

    List<SiteJudge.Decision> judged(Site own, SiteJudge judge, long now) {
        List<SiteSight> sights = new ArrayList<>();
        for (Site from : sites) {
            for (Site to : sites) {
                if (!from.equals(to) && !lost.contains(from.id())) {
                    sights.add(new SiteSight(
                            from.id(),
                            to.id(),
                            new HostName("p"),
                            !lost.contains(to.id()),
                            Duration.ZERO,
                            Duration.ofSeconds(10),
                            Optional.empty(),
                            Duration.ZERO));
                }
            }
        }
        SiteJudge.Majority answer = majority ? SiteJudge.Majority.ANSWERED : SiteJudge.Majority.NONE;
        return judge.judge(new SiteJudge.Facts(
                now - gathering,
                now,
                judge.asksForMajority() ? answer : SiteJudge.Majority.NOT_ASKED,
                own.id(),
                sites,
                Map.copyOf(rows),
                new ReachabilityMatrix(sights),
                Map.of(),
                automatic,
                home,
                50));
    }

    SiteFailover row(Site site) {
        return rows.getOrDefault(site.id(), SiteFailover.never(site.id()));
    }

    /** Judges each second, and writes what is decided, until something is; how many seconds that took. */
    int untilDecided(Site own, int most) {
        for (int seconds = 0; seconds <= most; seconds++) {
            List<SiteJudge.Decision> decisions = judged(own);
            if (!decisions.isEmpty()) {
                decisions.forEach(decision -> rows.put(decision.next().site(), decision.next()));
                return seconds;
            }
            now += SECOND;
        }
        return -1;
    }
}
