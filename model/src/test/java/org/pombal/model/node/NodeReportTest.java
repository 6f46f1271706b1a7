package org.pombal.model.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

class NodeReportTest {

    private static final Instant SEEN = Instant.parse("2026-03-01T12:00:00Z");

    private static NodeReport every(Duration interval) {
        return new NodeReport(
                new NodeId(SiteId.random(), NodeRole.PROXY, new HostName("p1.example.org")),
                "p1",
                "1.0",
                Optional.empty(),
                "dc1",
                Optional.empty(),
                SEEN.minusSeconds(60),
                SEEN,
                interval,
                Optional.empty());
    }

    @Test
    void isStaleWhenThreeReportsAndTheGraceAreMissed() {
        NodeReport report = every(Duration.ofSeconds(10));

        assertThat(report.isStale(SEEN.plusSeconds(35))).isFalse();
        assertThat(report.isStale(SEEN.plusSeconds(35).plusMillis(1))).isTrue();
    }

    @Test
    void mayBeSilentForLongerIfItReportsSeldom() {
        assertThat(every(Duration.ofMinutes(5)).isStale(SEEN.plusSeconds(900))).isFalse();
        assertThat(every(Duration.ofSeconds(1)).isStale(SEEN.plusSeconds(9))).isTrue();
    }

    @Test
    void isNoYoungerThanNewWhenItsClockIsAhead() {
        NodeReport report = every(Duration.ofSeconds(10));

        assertThat(report.age(SEEN.minusSeconds(3))).isZero();
        assertThat(report.age(SEEN.plusSeconds(3))).hasSeconds(3);
    }

    @Test
    void rolesHaveTheNamesThatGeoDbUses() {
        for (NodeRole role : NodeRole.values()) {
            assertThat(NodeRole.parse(role.toString())).isEqualTo(role);
        }
        assertThatThrownBy(() -> NodeRole.parse("director"))
                .hasMessageContaining("'director'")
                .hasMessageContaining("proxy, backend");
    }
}
