package org.pombal.simulation.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.model.sitefailover.IsolationPolicy;

class SitesSimulationTest {

    private static final long SEED = 9_000_000;

    @Test
    void noUserIsServedByTwoSitesAndAllComeHome() {
        List<SitesSchedule.Outcome> outcomes = SitesRuns.promised(IsolationPolicy.STOP, SEED, 60);

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.isGood())
                .as("seed %d: %s %s", outcome.seed(), outcome.violations(), outcome.stuck())
                .isTrue());
        assertThat(outcomes.stream().filter(SitesSchedule.Outcome::takenOver)).hasSizeGreaterThan(15);
        assertThat(outcomes.stream().mapToInt(SitesSchedule.Outcome::sessions).sum())
                .isGreaterThan(10_000);
    }

    @Test
    void sitesThatServeOnAloneServeSomeTwiceAndComeToRestAllTheSame() {
        List<SitesSchedule.Outcome> outcomes = SitesRuns.promised(IsolationPolicy.SERVE, SEED, 60);

        assertThat(outcomes.stream().filter(outcome -> !outcome.violations().isEmpty()))
                .isNotEmpty();
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.stuck())
                .as("seed %d", outcome.seed())
                .isEmpty());
    }

    static List<SitesVariants.Variant> variants() {
        return SitesVariants.ALL;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void eachMistakeIsCaught(SitesVariants.Variant variant) {
        assertThat(SitesRuns.caught(variant, SEED, variant.within()))
                .as("%s: %s", variant.name(), variant.mistake())
                .isPresent();
    }
}
