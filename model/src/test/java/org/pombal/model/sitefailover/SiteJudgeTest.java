package org.pombal.model.sitefailover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.TagId;

class SiteJudgeTest extends SiteJudgeFixture {

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
}
