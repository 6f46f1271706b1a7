package org.pombal.model.sitefailover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.Site;

/** What a judge believes of what it saw, which may have been blind or have stood still meanwhile. */
class JudgeSightTest extends SiteJudgeFixture {

    /** One look of a judge, and whether its site found the other lost. */
    private record Look(long at, boolean lost, boolean decidable) {}

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
