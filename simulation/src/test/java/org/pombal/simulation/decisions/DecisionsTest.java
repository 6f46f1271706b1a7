package org.pombal.simulation.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionsTest {

    private static void passes(Predicate<PrintStream> report) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean good = report.test(new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(good).as(text.toString(StandardCharsets.UTF_8)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void surroundingFaultsLeadToNothingAndABrokenBackendDoes(long seed) {
        passes(out -> new Faults(seed).run(out));
    }

    @Test
    void aDayGoesWell() {
        passes(out -> new DayReport(1).run(out));
    }

    @Test
    void inAWeekThatFollowsTheLoadHardlyABackendIsOverloaded() {
        assertThat(new WeekReport(1).byLoad()).matches(WeekReport::isGood);
    }
}
