package org.pombal.model.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.model.backend.BackendStatus;

/** Whatever a scaler says, and whatever happens to the backends, what must never be done is not. */
class ScalingPropertyTest {

    private static final int PASSES = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatMustNeverBeDoneIsNot(long seed) {
        Random random = new Random(seed);
        ScaledSite site = new ScaledSite(4, 2);
        int wanted = 4;
        for (int pass = 0; pass < PASSES; pass++) {
            site.advance(Duration.ofSeconds(random.nextInt(200) == 0 ? 900 : 30));
            if (random.nextInt(40) == 0) {
                wanted = random.nextInt(12) - 1;
            }
            site.cpu = Math.max(0.1, Math.min(7, site.cpu + 0.1 * random.nextGaussian()));
            disturb(site, random);
            ScalerAnswer answer = random.nextInt(10) == 0
                    ? new ScalerAnswer.Unusable("it hangs")
                    : random.nextBoolean() ? site.byLoad() : ScalerAnswer.of("x", wanted);
            ScaleDecision decision = site.decide(answer);
            for (ScaleAction action : decision.actions()) {
                check(site, answer, action);
                if (random.nextInt(5) > 0) {
                    site.carryOut(action);
                }
            }
            assertThat(site.facts().serving())
                    .as("seed %s, pass %s", seed, pass)
                    .isPositive();
        }
    }

    /** Nodes fall silent and come back; what is to be emptied becomes empty; operators put backends on standby. */
    private static void disturb(ScaledSite site, Random random) {
        for (ScaledBackend backend : site.backends.toArray(ScaledBackend[]::new)) {
            int number = backend.number().orElseThrow();
            boolean up = random.nextInt(20) == 0 ? !backend.up() : backend.up();
            boolean drained = backend.backend().loadFactor().percent() == 0;
            if (drained && random.nextInt(10) == 0) {
                site.set(number, BackendStatus.STANDBY, random.nextInt(3) == 0 ? 0 : 1, 0, up);
            } else {
                site.set(number, backend.backend().status(), backend.groups(), 0, up);
            }
        }
    }

    private static void check(ScaledSite site, ScalerAnswer answer, ScaleAction action) {
        if (action instanceof ScaleAction.Start start) {
            assertThat(answer).isInstanceOf(ScalerAnswer.Wanted.class);
            assertThat(start.count()).isLessThanOrEqualTo(site.rules.most() + 1);
            assertThat(site.backends).noneMatch(one -> one.backend().host().equals(start.host()));
        } else if (action instanceof ScaleAction.Drain drain) {
            assertThat(answer).isInstanceOf(ScalerAnswer.Wanted.class);
            assertThat(site.memory.leaving()).isEmpty();
            int left = site.facts().serving() - (site.backend(drain.number()).serves() ? 1 : 0);
            assertThat(site.cpu / left).isLessThanOrEqualTo(site.rules.load().limit() + 1e-9);
        } else if (action instanceof ScaleAction.Remove remove) {
            ScaledBackend removed =
                    site.facts().backend(remove.backend().host()).orElseThrow();
            assertThat(removed.groups()).isZero();
            assertThat(removed.arriving()).isZero();
            assertThat(removed.serves()).isFalse();
            assertThat(removed.over() || removed.up()).isTrue();
        } else if (action instanceof ScaleAction.Stop stop) {
            assertThat(site.backends).noneMatch(one -> one.backend().host().equals(stop.host()));
        }
    }
}
