package org.pombal.model.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;

class LeaseTest {

    private static final UUID PROCESS = new UUID(0, 1);

    private final Lease first = Lease.first(new LeaseId.OfBackend(BackendId.random()), "b1", PROCESS);
    private final Lease third =
            first.released().acquired("b1", PROCESS).released().acquired("b1", PROCESS);

    @Test
    void anIncarnationIsOverWhenALaterOneHasBegun() {
        assertThat(third.isOver(2, TakeoverPolicy.FENCED)).isTrue();
        assertThat(third.isOver(3, TakeoverPolicy.LEASE)).isFalse();
        assertThat(third.isOver(4, TakeoverPolicy.LEASE))
                .as("a row that is older than what is asked about proves nothing")
                .isFalse();
    }

    @Test
    void anIncarnationThatIsGivenBackIsOver() {
        assertThat(third.released().isOver(3, TakeoverPolicy.FENCED)).isTrue();
    }

    @Test
    void whereFencingIsAskedForABrokenLeaseIsOverOnlyAfterIt() {
        Lease broken = third.broken();

        assertThat(broken.isOver(3, TakeoverPolicy.LEASE)).isTrue();
        assertThat(broken.isOver(3, TakeoverPolicy.FENCED)).isFalse();
        assertThat(broken.markedFenced().isOver(3, TakeoverPolicy.FENCED)).isTrue();
    }
}
