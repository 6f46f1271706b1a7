package org.pombal.node.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.VoterId;
import org.pombal.node.TestCluster;

@Timeout(120)
class ElectorateTenderTest {

    private final TestSite site = new TestSite();
    private final VotingNode a = site.node("a");
    private final VotingNode b = site.node("b");
    private final VotingNode c = site.node("c");
    private final NavigableSet<VoterId> there = new ConcurrentSkipListSet<>();
    private final AtomicBoolean settled = new AtomicBoolean(true);
    private final AtomicInteger settledAsked = new AtomicInteger();
    private final ElectorateTender tender = new ElectorateTender(
            a.loop,
            a.geoDb.electorates(),
            a.reader,
            a.polls,
            standing -> new TreeSet<>(there),
            this::isSettled,
            TestSite.TIMINGS);

    private boolean isSettled() {
        settledAsked.incrementAndGet();
        return settled.get();
    }

    @BeforeEach
    void letTimePass() {
        site.advance(TestSite.TIMINGS.voteHold());
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private Optional<Electorate> standing() {
        return TestCluster.get(site.open("reader").electorates().find(site.id(), ReadLevel.SERIAL));
    }

    /** Tends until the condition holds. */
    private void tendUntil(VoterId... members) {
        await().until(() -> {
            a.loop.execute(tender::tend);
            return standing()
                    .filter(electorate -> electorate.members().equals(new TreeSet<>(java.util.List.of(members))))
                    .isPresent();
        });
    }

    @Test
    void itBeginsWithThoseWhoAreThere() {
        there.add(a.self);
        there.add(b.self);

        tendUntil(a.self, b.self);

        assertThat(standing())
                .hasValueSatisfying(first -> assertThat(first.version()).isEqualTo(1));
    }

    @Test
    void itDoesNotBeginWhileItIsNotKnownWhoIsThere() {
        settled.set(false);
        there.add(a.self);
        await().until(() -> {
            a.loop.execute(tender::tend);
            return settledAsked.get() >= 2;
        });
        assertThat(standing()).isEmpty();

        settled.set(true);
        there.add(b.self);
        tendUntil(a.self, b.self);
        assertThat(standing())
                .hasValueSatisfying(first -> assertThat(first.version()).isEqualTo(1));
    }

    @Test
    void whoComesIsAddedAndWhoGoesIsRemovedOneAtATime() {
        there.add(a.self);
        tendUntil(a.self);
        there.add(b.self);
        there.add(c.self);
        tendUntil(a.self, b.self, c.self);
        assertThat(standing())
                .hasValueSatisfying(third -> assertThat(third.version()).isEqualTo(3));

        there.remove(b.self);
        tendUntil(a.self, c.self);
    }

    @Test
    void nothingChangesWithoutAMajorityOfThoseWhoVote() {
        there.add(a.self);
        there.add(b.self);
        tendUntil(a.self, b.self);
        b.crash();
        there.remove(b.self);
        there.add(c.self);
        double before = Counters.of(a.registry, "pombal_polls");

        await().until(() -> {
            a.loop.execute(tender::tend);
            return Counters.of(a.registry, "pombal_polls") >= before + 2;
        });

        assertThat(standing())
                .hasValueSatisfying(first -> assertThat(first.version()).isEqualTo(1));
    }

    @Test
    void itIsNeverEmptied() {
        there.add(a.self);
        tendUntil(a.self);
        there.clear();
        there.add(b.self);

        tendUntil(b.self);
        there.clear();
        a.loop.execute(tender::tend);

        assertThat(standing())
                .hasValueSatisfying(last -> assertThat(last.members()).containsExactly(b.self));
    }
}
