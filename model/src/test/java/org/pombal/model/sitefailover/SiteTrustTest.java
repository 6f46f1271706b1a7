package org.pombal.model.sitefailover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.SiteId;

class SiteTrustTest {

    private static final long SECOND = 1_000_000_000L;
    private static final SiteId PORTO = new SiteId(new UUID(0, 1));
    private static final SiteId LISBON = new SiteId(new UUID(0, 2));
    private static final FailoverTimings TIMINGS = new FailoverTimings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(40),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));

    private static final SiteFailover NEVER = SiteFailover.never(PORTO);
    private static final SiteFailover DECLARED =
            FailoverSteps.declared(NEVER, false, false, 10).orElseThrow();
    private static final SiteFailover ACTIVE = FailoverSteps.activated(DECLARED, new TreeMap<>(Map.of(LISBON, 100)))
            .orElseThrow();
    private static final SiteFailover RECOVERING =
            FailoverSteps.recovering(ACTIVE, 10).orElseThrow();

    private static SiteTrust trust(IsolationPolicy policy) {
        return new SiteTrust(policy, TIMINGS, FailoverRules.PROTOCOL, OptionalLong.of(0));
    }

    @Test
    void trustCountsFromTheBeginOfAReadingThatShowedNoFailover() {
        SiteTrust trust = trust(IsolationPolicy.STOP);
        assertThat(trust.isTrusted(0)).isFalse();

        assertThat(trust.read(10 * SECOND, NEVER)).isFalse();

        assertThat(trust.isTrusted(50 * SECOND - 1)).isTrue();
        assertThat(trust.isTrusted(50 * SECOND)).isFalse();
    }

    @Test
    void aDeclarationEndsTrustInTimeWhateverThePolicy() {
        for (IsolationPolicy policy : IsolationPolicy.values()) {
            SiteTrust trust = trust(policy);
            trust.read(10 * SECOND, NEVER);

            trust.read(20 * SECOND, DECLARED);
            trust.read(30 * SECOND, DECLARED);

            assertThat(trust.isTrusted(49 * SECOND)).isTrue();
            assertThat(trust.isTrusted(50 * SECOND)).isFalse();
            trust.read(45 * SECOND, FailoverSteps.withdrawn(DECLARED).orElseThrow());
            assertThat(trust.isTrusted(84 * SECOND)).isTrue();
        }
    }

    @Test
    void aSiteThatServesOnAloneObeysAsSoonAsItCanRead() {
        SiteTrust trust = trust(IsolationPolicy.SERVE);
        trust.read(10 * SECOND, NEVER);
        assertThat(trust.isTrusted(10_000 * SECOND)).isTrue();

        assertThat(trust.read(10_000 * SECOND, ACTIVE)).isTrue();

        assertThat(trust.isTrusted(10_000 * SECOND)).isFalse();
        assertThat(trust.term()).hasValue(1);
    }

    @Test
    void afterAMissedFailoverAllThatWasServedMustEndFirst() {
        SiteTrust trust = trust(IsolationPolicy.STOP);
        trust.read(10 * SECOND, NEVER);

        assertThat(trust.read(500 * SECOND, RECOVERING)).isTrue();
        assertThat(trust.isTrusted(501 * SECOND)).isTrue();
        assertThat(trust.read(510 * SECOND, RECOVERING)).isFalse();
    }

    @Test
    void anAnswerThatComesAfterALaterOneSaysNothing() {
        SiteTrust trust = trust(IsolationPolicy.STOP);
        trust.read(10 * SECOND, ACTIVE);

        assertThat(trust.read(9 * SECOND, NEVER)).isFalse();
        assertThat(trust.isTrusted(9 * SECOND)).isFalse();
    }

    @Test
    void timesThatWouldLetTwoSitesServeAreRefused() {
        assertThatThrownBy(() -> new FailoverTimings(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(41),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30)))
                .hasMessageContaining("must not be taken over after");
    }
}
