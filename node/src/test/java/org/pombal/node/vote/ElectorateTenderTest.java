package org.pombal.node.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
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

    /** Replaced as a whole: the loop reads it while the test goes on. */
    private volatile NavigableSet<VoterId> there = new TreeSet<>();

    private final AtomicBoolean settled = new AtomicBoolean(true);
    private final AtomicInteger settledAsked = new AtomicInteger();
    private final ElectorateTender tender = new ElectorateTender(
            a.loop, a.geoDb.electorates(), a.reader, a.polls, standing -> there, this::isSettled, TestSite.TIMINGS);

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

    private void areThere(VoterId... nodes) {
        there = new TreeSet<>(List.of(nodes));
    }

    /** Tends until the condition holds. */
    private void tendUntil(VoterId... members) {
        await().until(() -> {
            a.loop.execute(tender::tend);
            return standing()
                    .filter(electorate -> electorate.members().equals(new TreeSet<>(List.of(members))))
                    .isPresent();
        });
    }

    @Test
    void itBeginsWithThoseWhoAreThere() {
        areThere(a.self, b.self);

        tendUntil(a.self, b.self);

        assertThat(standing())
                .hasValueSatisfying(first -> assertThat(first.version()).isEqualTo(1));
    }

    @Test
    void itDoesNotBeginWhileItIsNotKnownWhoIsThere() {
        settled.set(false);
        areThere(a.self);
        await().until(() -> {
            a.loop.execute(tender::tend);
            return settledAsked.get() >= 2;
        });
        assertThat(standing()).isEmpty();

        areThere(a.self, b.self);
        settled.set(true);
        tendUntil(a.self, b.self);
        assertThat(standing())
                .hasValueSatisfying(first -> assertThat(first.version()).isEqualTo(1));
    }

    @Test
    void whoComesIsAddedAndWhoGoesIsRemovedOneAtATime() {
        areThere(a.self);
        tendUntil(a.self);
        areThere(a.self, b.self, c.self);
        tendUntil(a.self, b.self, c.self);
        assertThat(standing())
                .hasValueSatisfying(third -> assertThat(third.version()).isEqualTo(3));

        areThere(a.self, c.self);
        tendUntil(a.self, c.self);
    }

    @Test
    void nothingChangesWithoutAMajorityOfThoseWhoVote() {
        areThere(a.self, b.self);
        tendUntil(a.self, b.self);
        b.crash();
        areThere(a.self, c.self);
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
        areThere(a.self);
        tendUntil(a.self);
        areThere(b.self);

        tendUntil(b.self);
        areThere();
        a.loop.execute(tender::tend);

        assertThat(standing())
                .hasValueSatisfying(last -> assertThat(last.members()).containsExactly(b.self));
    }
}
