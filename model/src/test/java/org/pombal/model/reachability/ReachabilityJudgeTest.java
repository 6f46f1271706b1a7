package org.pombal.model.reachability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.reachability.ReachabilityJudge.State.REACHABLE;
import static org.pombal.model.reachability.ReachabilityJudge.State.UNKNOWN;
import static org.pombal.model.reachability.ReachabilityJudge.State.UNREACHABLE;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReachabilityJudgeTest {

    private final ReachabilityJudge judge = new ReachabilityJudge();
    private long now;

    private ReachabilityJudge.State checks(String outcomes) {
        for (int i = 0; i < outcomes.length(); i++) {
            char outcome = outcomes.charAt(i);
            now += 1_000_000_000L;
            judge.checked(now, outcome == '+' ? Optional.empty() : Optional.of("refused"), outcome == 'p');
        }
        return judge.state();
    }

    @Test
    void nothingIsKnownBeforeTheFirstSuccessOrTheThirdFailure() {
        assertThat(judge.state()).isEqualTo(UNKNOWN);
        assertThat(checks("--")).isEqualTo(UNKNOWN);
        assertThat(checks("-")).isEqualTo(UNREACHABLE);
        assertThat(new ReachabilityJudge().checked(1, Optional.empty(), false)).isEqualTo(REACHABLE);
    }

    @Test
    void onlyThreeInARowTurnIt() {
        assertThat(checks("+--+--+-+--")).isEqualTo(REACHABLE);
        assertThat(checks("-")).isEqualTo(UNREACHABLE);
        assertThat(judge.why()).contains("refused");
        assertThat(checks("++-++")).isEqualTo(UNREACHABLE);
        assertThat(checks("+")).isEqualTo(REACHABLE);
        assertThat(judge.why()).isEmpty();
    }

    @Test
    void whatUsersGetThroughToIsReachableWhateverTheCheckSays() {
        assertThat(checks("+--p--p--p")).isEqualTo(REACHABLE);
    }

    @Test
    void itSaysForHowLong() {
        checks("+++---");
        assertThat(judge.lasts(now + 5_000_000_000L)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void inAnyRunOfChecksItTurnsAtMostOnceInThree() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            ReachabilityJudge any = new ReachabilityJudge();
            int last = -3;
            ReachabilityJudge.State before = any.checked(0, Optional.empty(), false);
            for (int i = 1; i < 200; i++) {
                ReachabilityJudge.State next =
                        any.checked(i, random.nextBoolean() ? Optional.empty() : Optional.of("x"), false);
                if (next != before) {
                    assertThat(i - last).as("run %d", run).isGreaterThanOrEqualTo(3);
                    last = i;
                }
                before = next;
            }
        }
    }
}
