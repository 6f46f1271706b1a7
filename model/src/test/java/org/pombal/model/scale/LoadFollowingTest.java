package org.pombal.model.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendStatus;

class LoadFollowingTest {

    private static int wanted(ScaledSite site) {
        return ((ScalerAnswer.Wanted) site.byLoad()).number();
    }

    @Test
    void aboveTheTargetAsManyAreWantedAsBringItToTheTarget() {
        assertThat(new ScaledSite(3, 2.13).byLoad())
                .isEqualTo(new ScalerAnswer.Wanted(4, "CPU of 3 backends at 71 %, target 60 %: 4 are needed"));
    }

    @Test
    void nearTheTargetNothingChanges() {
        assertThat(wanted(new ScaledSite(10, 6.5))).isEqualTo(10);
        assertThat(wanted(new ScaledSite(10, 5.0))).isEqualTo(10);
    }

    @Test
    void fewerAreWantedOnlyIfTheyStayBelowTheLowerBound() {
        assertThat(wanted(new ScaledSite(4, 1.63))).isEqualTo(4);
        assertThat(wanted(new ScaledSite(4, 1.62))).isEqualTo(3);
    }

    @Test
    void whatIsWantedIsWantedStillWhenItIsThereWhateverTheLoad() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            int count = 1 + random.nextInt(40);
            double cpu = random.nextDouble() * count;
            int once = wanted(new ScaledSite(count, cpu));
            assertThat(wanted(new ScaledSite(once, cpu)))
                    .as("%s backends, load %s", count, cpu)
                    .isEqualTo(once);
            assertThat(cpu / once).isLessThanOrEqualTo(0.6 * 1.1 + 1e-9);
        }
    }

    @Test
    void moreLoadNeverWantsFewer() {
        for (int count = 1; count <= 20; count++) {
            int before = 0;
            for (double cpu = 0; cpu <= count; cpu += 0.05) {
                int now = wanted(new ScaledSite(count, cpu));
                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
            }
        }
    }

    @Test
    void oneThatDoesNotServeComesOnTop() {
        ScaledSite site = new ScaledSite(4, 1.8);
        site.set(2, BackendStatus.OFFLINE, 0, 0, false);

        assertThat(wanted(site)).isEqualTo(4);
        assertThat(site.byLoad().toString()).contains("3 are needed, and 1 more that does not serve");
    }

    @Test
    void whileNothingIsKnownOfOneFewerAreNotWanted() {
        ScaledSite site = new ScaledSite(4, 0.4);
        site.set(2, BackendStatus.ONLINE, 10, 0, false);

        assertThat(wanted(site)).isEqualTo(4);
        assertThat(site.byLoad().toString()).contains("nothing is known of b2.example.org");
    }

    @Test
    void whenNobodySaysAnythingNothingIsWanted() {
        ScaledSite site = new ScaledSite(1, 0.4);
        site.set(1, BackendStatus.ONLINE, 10, 0, false);

        assertThat(site.byLoad()).isInstanceOf(ScalerAnswer.Unusable.class);
    }

    @Test
    void thoseThatStartCountAsServing() {
        ScaledSite site = new ScaledSite(3, 2.13);
        site.pass(4);

        assertThat(wanted(site)).isEqualTo(4);
    }

    @Test
    void bySessionsItNeedsToBeKnownWhatABackendCanCarry() {
        ScaledSite site = new ScaledSite(3, 0.9);
        assertThatThrownBy(() -> new LoadRules(LoadRules.Metric.SESSIONS, 0.6, 0.1, 0.8, OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        LoadRules both = new LoadRules(LoadRules.Metric.BOTH, 0.6, 0.1, 0.8, OptionalDouble.of(30));

        assertThat(LoadFollowing.wanted(site.facts(), site.memory, both))
                .isEqualTo(new ScalerAnswer.Wanted(5, "sessions of 3 backends at 100 %, target 60 %: 5 are needed"));
    }
}
