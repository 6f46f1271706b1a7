package org.pombal.model.sitefailover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.TagId;

class SiteJudgeTest {

    private static final long SECOND = 1_000_000_000L;
    private static final FailoverTimings TIMINGS = new FailoverTimings(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(4),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10));

    private final List<Site> sites = new ArrayList<>();
    private final Map<SiteId, SiteFailover> rows = new HashMap<>();
    private final Set<SiteId> lost = new TreeSet<>();
    private final Set<SiteId> home = new TreeSet<>();
    private final SiteJudge judge = new SiteJudge(TIMINGS, FailoverRules.PROTOCOL);
    private boolean automatic = true;
    private boolean majority = true;
    private long gathering;
    private long now = 1_000 * SECOND;

    private Site site(int number) {
        Site site = Site.added(new SiteId(new UUID(0, number)), "s" + number)
                .withLoadBalancer("lb" + number)
                .withGroupCount(10);
        sites.add(site);
        return site;
    }

    private List<SiteJudge.Decision> judged(Site own) {
        return judged(own, judge, now);
    }

    private List<SiteJudge.Decision> judged(Site own, SiteJudge judge, long now) {
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

    private SiteFailover row(Site site) {
        return rows.getOrDefault(site.id(), SiteFailover.never(site.id()));
    }

    /** Judges each second, and writes what is decided, until something is; how many seconds that took. */
    private int untilDecided(Site own, int most) {
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

    @Test
    void aSiteThatMostHaveLostIsDeclaredThenTakenOverThenComesHome() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        assertThat(untilDecided(own, 10)).isEqualTo(-1);
        lost.add(porto.id());

        assertThat(untilDecided(own, 100)).isEqualTo(30);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.DECLARED);
        assertThat(untilDecided(own, 1000)).isBetween(300, 301);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.ACTIVE);
        assertThat(row(porto).shares()).containsOnlyKeys(own.id(), sites.get(1).id());
        assertThat(untilDecided(own, 100)).isEqualTo(-1);

        lost.clear();
        assertThat(untilDecided(own, 1000)).isBetween(600, 601);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.RECOVERING);
        assertThat(untilDecided(own, 100)).isEqualTo(-1);
        home.add(porto.id());
        assertThat(untilDecided(own, 1)).isEqualTo(0);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.NONE);
    }

    @Test
    void aSiteThatComesBackInTimeIsLeftAlone() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        lost.add(porto.id());
        untilDecided(own, 100);
        now += 200 * SECOND;
        lost.clear();

        assertThat(untilDecided(own, 100)).isEqualTo(30);
        assertThat(row(porto))
                .isEqualTo(
                        new SiteFailover(porto.id(), FailoverPhase.NONE, 0, false, new TreeMap<>(), 50, false, 0, 2));
    }

    @Test
    void eachRelapseWithinADayDoublesTheWayHome() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        int[] healthy = new int[4];
        for (int time = 0; time < 4; time++) {
            lost.add(porto.id());
            untilDecided(own, 100);
            untilDecided(own, 1000);
            lost.clear();
            healthy[time] = untilDecided(own, 10_000) / 600;
            home.add(porto.id());
            untilDecided(own, 10);
            home.clear();
        }
        assertThat(healthy).containsExactly(1, 2, 4, 8);
    }

    @Test
    void withTwoSitesTheOtherDecidesUnlessItIsInAFailoverItself() {
        Site own = site(1);
        Site porto = site(2);
        lost.add(porto.id());
        assertThat(untilDecided(own, 100)).isEqualTo(30);

        rows.clear();
        rows.put(
                own.id(),
                FailoverSteps.declared(SiteFailover.never(own.id()), false, false, 1)
                        .orElseThrow());
        assertThat(untilDecided(own, 1000)).isEqualTo(-1);
    }

    @Test
    void whileBothSitesAreDownNobodyDecidesAndTheFirstThatIsBackServesItsOwn() {
        Site lisbon = site(1);
        Site porto = site(2);
        lost.addAll(List.of(lisbon.id(), porto.id()));
        assertThat(untilDecided(lisbon, 1000)).isEqualTo(-1);
        assertThat(untilDecided(porto, 1000)).isEqualTo(-1);

        lost.remove(lisbon.id());
        assertThat(untilDecided(lisbon, 1000)).isEqualTo(30);
        assertThat(row(lisbon).phase()).isEqualTo(FailoverPhase.NONE);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.DECLARED);
    }

    @Test
    void clocksThatAreMinutesApartChangeNoWait() {
        for (long skew : new long[] {-600 * SECOND, 0, 600 * SECOND}) {
            sites.clear();
            rows.clear();
            List<Site> judging = List.of(site(1), site(2));
            Site porto = site(3);
            lost.add(porto.id());
            List<SiteJudge> judges = List.of(
                    new SiteJudge(TIMINGS, FailoverRules.PROTOCOL), new SiteJudge(TIMINGS, FailoverRules.PROTOCOL));
            List<Integer> changed = new ArrayList<>();
            for (int second = 0; second < 400; second++) {
                for (int i = 0; i < judges.size(); i++) {
                    long shown = now + i * skew;
                    for (SiteJudge.Decision decision : judged(judging.get(i), judges.get(i), shown)) {
                        rows.put(decision.next().site(), decision.next());
                        changed.add(second);
                    }
                }
                now += SECOND;
            }
            assertThat(row(porto).phase()).isEqualTo(FailoverPhase.ACTIVE);
            assertThat(changed).hasSize(2).first().isEqualTo(30);
            assertThat(changed.get(1) - changed.get(0)).isBetween(300, 301);
        }
    }

    @Test
    void ofTwoSitesThatDeclareEachOtherOneGivesIn() {
        Site lisbon = site(1);
        Site porto = site(2);
        lost.addAll(List.of(lisbon.id(), porto.id()));
        for (Site site : sites) {
            rows.put(
                    site.id(),
                    FailoverSteps.declared(SiteFailover.never(site.id()), false, false, 1)
                            .orElseThrow());
        }

        assertThat(judged(lisbon)).isEmpty();
        assertThat(judged(porto)).singleElement().satisfies(decision -> {
            assertThat(decision.next().site()).isEqualTo(lisbon.id());
            assertThat(decision.next().phase()).isEqualTo(FailoverPhase.NONE);
        });
    }

    @Test
    void withoutConsentOnlyOperatorsDeclareAndEnd() {
        automatic = false;
        Site own = site(1);
        site(2);
        Site porto = site(3);
        lost.add(porto.id());
        assertThat(untilDecided(own, 1000)).isEqualTo(-1);

        rows.put(
                porto.id(),
                FailoverSteps.declared(SiteFailover.never(porto.id()), true, false, 1)
                        .orElseThrow());
        lost.clear();
        assertThat(untilDecided(own, 1000)).isBetween(300, 301);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.ACTIVE);
        assertThat(untilDecided(own, 10_000)).isEqualTo(-1);
    }

    @Test
    void aSiteWhoseUsersNobodyMayTakeIsNotFailedOver() {
        Site own = site(1);
        site(2);
        Site gold = site(3).withTag(Optional.of(new TagId(new UUID(9, 9))));
        sites.set(2, gold);
        lost.add(gold.id());
        assertThat(untilDecided(own, 1000)).isEqualTo(-1);
        sites.replaceAll(site -> site.withTag(Optional.empty()).withStatus(SiteStatus.STANDBY));
        assertThat(untilDecided(own, 1000)).isEqualTo(-1);
    }

    @Test
    void whateverFlapsTheRowChangesSlowly() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        Random random = new Random(3);
        for (int run = 0; run < 3; run++) {
            rows.clear();
            int changes = 0;
            int hours = 2;
            for (int second = 0; second < hours * 3600; second++) {
                if (random.nextInt(20) == 0) {
                    lost.clear();
                    if (random.nextBoolean()) {
                        lost.add(porto.id());
                    }
                }
                List<SiteJudge.Decision> decisions = judged(own);
                changes += decisions.size();
                decisions.forEach(decision -> rows.put(decision.next().site(), decision.next()));
                now += SECOND;
            }
            // Each needs half a minute without a change.
            assertThat(changes).as("run %d", run).isLessThan(hours * 120);
            assertThat(rows.getOrDefault(porto.id(), SiteFailover.never(porto.id()))
                            .term())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void whatIsLostWhileNothingCanBeDecidedDoesNotCountNorAsLongAfterAsItTakesToSeeThatItIsBack() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        lost.add(porto.id());
        majority = false;
        assertThat(untilDecided(own, 300)).isEqualTo(-1);

        majority = true;
        assertThat(untilDecided(own, 25))
                .as("it is seen a bit later that it is there")
                .isEqualTo(-1);
        lost.clear();
        assertThat(untilDecided(own, 300)).isEqualTo(-1);

        majority = false;
        lost.add(porto.id());
        untilDecided(own, 10);
        majority = true;
        assertThat(untilDecided(own, 300)).isBetween(59, 61);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.DECLARED);
    }

    @Test
    void aSiteThatIsBackIsNotTakenOverByWhatWasSeenWhileTheJudgeWasBlind() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        lost.add(porto.id());
        untilDecided(own, 100);
        majority = false;
        untilDecided(own, 400);
        majority = true;

        assertThat(untilDecided(own, 20)).isEqualTo(-1);
        lost.clear();
        assertThat(untilDecided(own, 100)).isEqualTo(30);
        assertThat(row(porto).term()).isZero();
    }

    @Test
    void aJudgeThatStoodStillDoesNotBelieveWhatItSawBefore() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        lost.add(porto.id());
        assertThat(untilDecided(own, 20)).isEqualTo(-1);
        now += 600 * SECOND;

        assertThat(untilDecided(own, 300)).as("between two looks").isBetween(59, 61);
        judged(own);
        now += SECOND;
        gathering = 600 * SECOND;
        now += gathering;
        assertThat(judged(own)).as("while it looked").isEmpty();
        gathering = 0;
        now += SECOND;
        assertThat(untilDecided(own, 300)).isBetween(58, 61);
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.ACTIVE);
    }

    @Test
    void itIsSaidUntilWhenADecisionMayBeCarriedOut() {
        Site own = site(1);
        site(2);
        lost.add(site(3).id());
        judged(own);
        for (int second = 0; second < 40; second++) {
            now += SECOND;
            for (SiteJudge.Decision decision : judged(own)) {
                assertThat(decision.until())
                        .isEqualTo(now + TIMINGS.longestGap().toNanos());
                return;
            }
        }
        throw new AssertionError("nothing was decided");
    }

    @Test
    void whatAnOperatorDeclaredGoesOnWhateverTheJudgeSaw() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        rows.put(
                porto.id(),
                FailoverSteps.declared(SiteFailover.never(porto.id()), true, false, 1)
                        .orElseThrow());
        judged(own);
        now += 600 * SECOND;
        assertThat(untilDecided(own, 1)).isZero();
        assertThat(row(porto).phase()).isEqualTo(FailoverPhase.ACTIVE);
    }

    @Test
    void asLongAsAllIsWellNothingIsAskedOfOtherDataCentres() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        untilDecided(own, 100);
        assertThat(judge.asksForMajority()).isFalse();

        lost.add(porto.id());
        judged(own);
        assertThat(judge.asksForMajority()).isTrue();
    }

    /** One look of a judge, and whether its site found the other lost. */
    private record Look(long at, boolean lost, boolean decidable) {}

    @Test
    void whateverHappensOnlyLossesThatWereSeenThroughoutCount() {
        Site own = site(1);
        site(2);
        Site porto = site(3);
        int declared = 0;
        int activated = 0;
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            rows.clear();
            lost.clear();
            majority = true;
            SiteJudge tried = new SiteJudge(TIMINGS, FailoverRules.PROTOCOL);
            List<Look> looks = new ArrayList<>();
            for (int second = 0; second < 1500; second++) {
                now += SECOND * (random.nextInt(150) == 0 ? random.nextInt(90) : 1);
                if (random.nextInt(40) == 0) {
                    majority = random.nextInt(4) > 0;
                }
                if (random.nextInt(lost.isEmpty() ? 30 : 120) == 0) {
                    lost.clear();
                    if (random.nextInt(4) > 0) {
                        lost.add(porto.id());
                    }
                }
                boolean decidable = majority || !tried.asksForMajority();
                looks.add(new Look(now, lost.contains(porto.id()), decidable));
                for (SiteJudge.Decision decision : judged(own, tried, now)) {
                    SiteFailover next = decision.next();
                    rows.put(next.site(), next);
                    if (next.phase() == FailoverPhase.DECLARED) {
                        declared++;
                        assertThat(sawItLost(looks, 30))
                                .as("seed %d declares", seed)
                                .isTrue();
                    } else if (next.phase() == FailoverPhase.ACTIVE) {
                        activated++;
                        assertThat(sawItLost(looks, 30))
                                .as("seed %d takes over", seed)
                                .isTrue();
                    }
                }
            }
            majority = true;
            lost.add(porto.id());
            long since = now;
            while (!row(porto).letsOthersTake()) {
                now += SECOND;
                judged(own, tried, now)
                        .forEach(decision -> rows.put(decision.next().site(), decision.next()));
                assertThat(now - since).as("seed %d goes on for ever", seed).isLessThan(370 * SECOND);
            }
        }
        assertThat(declared).isGreaterThan(25);
        assertThat(activated).isGreaterThan(10);
    }

    /** Whether it was lost in all looks for so many seconds, and each look within half a minute before them could decide, and none was missing. */
    private static boolean sawItLost(List<Look> looks, int seconds) {
        int last = looks.size() - 1;
        long now = looks.get(last).at();
        if (!looks.get(last).lost()) {
            return false;
        }
        for (int i = last; i > 0 && now - looks.get(i).at() < (30 + seconds) * SECOND; i--) {
            boolean counted = now - looks.get(i).at() < seconds * SECOND;
            boolean gap = looks.get(i).at() - looks.get(i - 1).at() > 30 * SECOND;
            if ((counted && !looks.get(i).lost()) || !looks.get(i).decidable() || gap) {
                return false;
            }
        }
        return true;
    }
}
