package org.pombal.node.localdb;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.localdb.Fixture.ANNA;
import static org.pombal.node.localdb.Fixture.BERTA;
import static org.pombal.node.localdb.Fixture.ONE;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
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
        offer(remember);
        offer(forget);
        offer(remember);
        assertThat(take(2)).containsExactly(remember, forget);
        assertThat(take(2)).containsExactly(remember);
        assertThat(take(2)).isEmpty();
    }

    @Test
    void writesThatWereTakenTakeRoomUntilTheyAreWritten() throws Exception {
        offerTimes(forget, 8);
        List<Write> batch = take(8);
        assertThat(offer(forget)).isEqualTo(Offer.FULL);
        writes.written(batch);
        assertThat(offer(forget)).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void theLastQuarterIsForWhatMayNotBeDropped() throws Exception {
        offerTimes(remember, 6);
        assertThat(offer(remember)).isEqualTo(Offer.FULL);
        offerTimes(forget, 2);
        assertThat(offer(forget)).isEqualTo(Offer.FULL);
    }

    @Test
    void whatMayNotBeDroppedWaitsForRoom() throws Exception {
        offerTimes(forget, 8);
        List<Write> batch = take(8);
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> written = later.schedule(() -> writes.written(batch), 50, MILLISECONDS);
            assertThat(writes.offer(forget, Duration.ofSeconds(20))).isEqualTo(Offer.ACCEPTED);
            written.get(10, SECONDS);
        } finally {
            later.shutdownNow();
        }
    }

    @Test
    void theLatestWriteOfAUserIsSeenUntilItIsWritten() throws Exception {
        offer(remember);
        List<Write> first = take(8);
        offer(forget);
        writes.written(first);
        assertThat(writes.latest(ANNA)).isSameAs(forget);
        writes.written(take(8));
        assertThat(writes.latest(ANNA)).isNull();
        assertThat(writes.latest(BERTA)).isNull();
    }

    @Test
    void anEqualWriteThatCameLaterIsStillSeen() throws Exception {
        Write again = new Write.Remember(ANNA, ONE);
        offer(remember);
        List<Write> first = take(8);
        offer(again);
        writes.written(first);
        assertThat(writes.latest(ANNA)).isSameAs(again);
    }

    @Test
    void closedItAcceptsNothingAndKeepsWhatItHas() throws Exception {
        offer(remember);
        writes.close();
        assertThat(offer(forget)).isEqualTo(Offer.CLOSED);
        assertThat(take(8)).containsExactly(remember);
    }

    @Test
    void droppedWritesAreNotSeenAgain() throws Exception {
        offer(remember);
        List<Write> taken = take(1);
        offer(forget);
        writes.closeAndDrop();
        writes.open();
        assertThat(writes.latest(ANNA)).isNull();
        assertThat(writes.size()).isZero();
        writes.written(taken);
        assertThat(take(8)).isEmpty();
    }

    private Offer offer(Write write) throws InterruptedException {
        return writes.offer(write, Duration.ZERO);
    }

    private void offerTimes(Write write, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(offer(write)).isEqualTo(Offer.ACCEPTED);
        }
    }

    private List<Write> take(int max) throws InterruptedException {
        return writes.take(max, Duration.ZERO);
    }
}
