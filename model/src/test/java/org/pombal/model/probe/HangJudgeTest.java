package org.pombal.model.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.probe.HangJudge.Verdict;

class HangJudgeTest {

    private final HangJudge judge = new HangJudge(3);

    private Verdict probe(long run, Optional<String> auth, Optional<String> imap) {
        return judge.probed(new Probe(run, Map.of("auth", auth, "imap", imap)));
    }

    private Verdict well(long run) {
        return probe(run, Optional.empty(), Optional.empty());
    }

    private Verdict authFails(long run) {
        return probe(run, Optional.of("no answer within 5 s"), Optional.empty());
    }

    @Test
    void itHangsWhenEnoughProbesHaveFailedOneAfterAnother() {
        assertThat(well(1)).isEqualTo(Verdict.ANSWERS);
        assertThat(authFails(1)).isEqualTo(Verdict.FAILS);
        assertThat(authFails(1)).isEqualTo(Verdict.FAILS);
        assertThat(authFails(1)).isEqualTo(Verdict.HANGS);

        assertThat(judge.failures()).isEqualTo(3);
        assertThat(judge.reasons()).containsExactly("auth: no answer within 5 s");
    }

    @Test
    void oneAnswerBeginsTheCountAnew() {
        well(1);
        authFails(1);
        authFails(1);
        assertThat(well(1)).isEqualTo(Verdict.ANSWERS);
        assertThat(judge.reasons()).isEmpty();
        authFails(1);

        assertThat(authFails(1)).isEqualTo(Verdict.FAILS);
    }

    @Test
    void afterItHasHungItMayAnswerAgain() {
        well(1);
        authFails(1);
        authFails(1);
        authFails(1);

        assertThat(well(1)).isEqualTo(Verdict.ANSWERS);
    }

    @Test
    void whatWasNeverWellSaysNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(probe(1, Optional.empty(), Optional.of("connection refused")))
                    .isEqualTo(Verdict.ANSWERS);
        }
        assertThat(judge.reasons()).isEmpty();
    }

    @Test
    void eachRunIsJudgedByItself() {
        well(1);
        authFails(1);
        authFails(1);

        assertThat(authFails(2)).isEqualTo(Verdict.ANSWERS);
        judge.stopped();
        assertThat(judge.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judge.probed(new Probe(3, Map.of("auth", Optional.of("refused")))))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void itCannotHangWithoutAFailure() {
        assertThatThrownBy(() -> new HangJudge(0)).hasMessageContaining("at least one probe");
    }
}
