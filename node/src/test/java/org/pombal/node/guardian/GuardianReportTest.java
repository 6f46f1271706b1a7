package org.pombal.node.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pombal.node.session.ProcessId;

class GuardianReportTest {

    private static GuardianReport report(GuardianState state, long beat) {
        return new GuardianReport(
                state, 1, 0, 2, 3, beat, 1, 1, 0, 0, 0, 0, TrustFault.EXPIRED, new ProcessId(7, 8), 0);
    }

    @Test
    void oneThatWaitsProvesItOnceItHasLookedAtWhatWasWrittenLast() {
        assertThat(report(GuardianState.WAITING, 100).provesAllGone(100, 0)).isFalse();
        assertThat(report(GuardianState.WAITING, 200).provesAllGone(100, 0)).isTrue();
        // Another guardian, which has not beaten yet.
        assertThat(report(GuardianState.WAITING, 0).provesAllGone(100, 0)).isFalse();
    }

    @Test
    void oneThatWaitsProvesNothingBeforeTheTrustThatWasWrittenHasEnded() {
        assertThat(report(GuardianState.WAITING, 200).provesAllGone(100, 200)).isFalse();
        assertThat(report(GuardianState.WAITING, 201).provesAllGone(100, 200)).isTrue();
    }

    @Test
    void oneThatHasEndedProvesItAndOneThatServesOrKillsDoesNot() {
        assertThat(report(GuardianState.ENDED, 100).provesAllGone(100, 0)).isTrue();
        assertThat(report(GuardianState.SERVING, 200).provesAllGone(100, 0)).isFalse();
        assertThat(report(GuardianState.KILLING, 200).provesAllGone(100, 0)).isFalse();
    }
}
