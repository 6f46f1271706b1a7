package org.pombal.model.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.SiteId;

class LeaseSightTest {

    private static final UUID PROCESS = UUID.randomUUID();

    private final LeaseSight sight = new LeaseSight(Duration.ofSeconds(6));
    private final Lease first = Lease.first(new LeaseId.OfDuty(SiteId.random(), "controller"), "a", PROCESS);

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    @Test
    void whoRenewsHoldsIt() {
        sight.saw(Optional.of(first), at(1));
        assertThat(sight.holder(at(6.9))).contains("a");
        sight.saw(Optional.of(first.renewed("a", PROCESS)), at(6.9));
        assertThat(sight.holder(at(12.8))).contains("a");
    }

    @Test
    void whoIsSilentForAsLongAsABreakTakesHoldsItNoMore() {
        sight.saw(Optional.of(first), at(1));
        sight.saw(Optional.of(first), at(6.5));
        assertThat(sight.holder(at(7))).isEmpty();
        sight.saw(Optional.of(first.renewed("a", PROCESS)), at(8));
        assertThat(sight.holder(at(8))).contains("a");
    }

    @Test
    void whatIsReleasedOrWasNeverHeldIsNobodys() {
        assertThat(sight.holder(at(1))).isEmpty();
        sight.saw(Optional.of(first.released()), at(1));
        assertThat(sight.holder(at(1))).isEmpty();
    }
}
