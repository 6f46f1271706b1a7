package org.pombal.node.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.localdb.Fixture.ANNA;
import static org.pombal.node.localdb.Fixture.BERTA;
import static org.pombal.node.localdb.Fixture.ONE;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pombal.node.localdb.PendingWrites.Offer;

class PendingWritesTest {

    private final PendingWrites writes = new PendingWrites(8);
    private final Write remember = new Write.Remember(ANNA, ONE);
    private final Write forget = new Write.Forget(ANNA);

    @BeforeEach
    void open() {
        writes.open();
    }

    @Test
    void writesComeOutInTheOrderTheyWereAccepted() throws Exception {
        writes.offer(remember);
        writes.offer(forget);
        writes.offer(remember);
        assertThat(take(2)).containsExactly(remember, forget);
        assertThat(take(2)).containsExactly(remember);
        assertThat(take(2)).isEmpty();
    }

    @Test
    void writesThatWereTakenTakeRoomUntilTheyAreWritten() throws Exception {
        offerTimes(forget, 8);
        List<Write> batch = take(8);
        assertThat(writes.offer(forget)).isEqualTo(Offer.FULL);
        writes.written(batch);
        assertThat(writes.offer(forget)).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void theLastQuarterIsForWhatMayNotBeDropped() {
        offerTimes(remember, 6);
        assertThat(writes.offer(remember)).isEqualTo(Offer.FULL);
        offerTimes(forget, 2);
        assertThat(writes.offer(forget)).isEqualTo(Offer.FULL);
    }

    @Test
    void theLatestWriteOfAUserIsSeenUntilItIsWritten() throws Exception {
        writes.offer(remember);
        List<Write> first = take(8);
        writes.offer(forget);
        writes.written(first);
        assertThat(writes.latest(ANNA)).isSameAs(forget);
        writes.written(take(8));
        assertThat(writes.latest(ANNA)).isNull();
        assertThat(writes.latest(BERTA)).isNull();
    }

    @Test
    void anEqualWriteThatCameLaterIsStillSeen() throws Exception {
        Write again = new Write.Remember(ANNA, ONE);
        writes.offer(remember);
        List<Write> first = take(8);
        writes.offer(again);
        writes.written(first);
        assertThat(writes.latest(ANNA)).isSameAs(again);
    }

    @Test
    void closedItAcceptsNothingAndKeepsWhatItHas() throws Exception {
        writes.offer(remember);
        writes.close();
        assertThat(writes.offer(forget)).isEqualTo(Offer.CLOSED);
        assertThat(take(8)).containsExactly(remember);
    }

    @Test
    void droppedWritesAreNotSeenAgain() throws Exception {
        writes.offer(remember);
        List<Write> taken = take(1);
        writes.offer(forget);
        writes.closeAndDrop();
        writes.open();
        assertThat(writes.latest(ANNA)).isNull();
        assertThat(writes.size()).isZero();
        writes.written(taken);
        assertThat(take(8)).isEmpty();
    }

    private void offerTimes(Write write, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(writes.offer(write)).isEqualTo(Offer.ACCEPTED);
        }
    }

    private List<Write> take(int max) throws InterruptedException {
        return writes.take(max, Duration.ZERO);
    }
}
