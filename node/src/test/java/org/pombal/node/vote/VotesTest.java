package org.pombal.node.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.model.lease.LeaseEvent;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.vote.Vote;

/** Votes from node to node over real HTTP. */
@Timeout(120)
class VotesTest {

    private static final OwnershipTimings TIMINGS = TestSite.TIMINGS;

    private final TestSite site = new TestSite();
    private final VotingNode a = site.node("a");
    private final VotingNode b = site.node("b");
    private final VotingNode c = site.node("c");

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private LeaseEvent confirmUp(VotingNode node) {
        return node.asked(node.electors::confirmUp);
    }

    private LeaseEvent confirmDown(VotingNode node, long renewalBegan) {
        return node.<LeaseEvent>asked(answer -> node.electors.confirmDown(renewalBegan, answer));
    }

    /** Everybody has read the electorate. */
    private void allKnowOneAnother() {
        await().until(() -> site.nodes().stream()
                .allMatch(node -> node.onLoop(() -> node.reader.view().last().isPresent())));
    }

    private void findsDown(VotingNode node) {
        await().until(() ->
                node.onLoop(() -> node.reader.isGeoDbUp().filter(up -> !up).isPresent()));
    }

    /** Asks until a majority has answered in time, which it may miss where the machine is busy with other things. */
    private static LeaseEvent.Majority majority(Supplier<LeaseEvent> question) {
        return (LeaseEvent.Majority)
                await().atMost(60, TimeUnit.SECONDS).until(question::get, LeaseEvent.Majority.class::isInstance);
    }

    @Test
    void amajoritySaysThatGeoDbIsUp() {
        site.letAllVote();
        allKnowOneAnother();
        long before = site.bootClock();

        LeaseEvent.Majority answer = majority(() -> confirmUp(a));

        assertThat(answer.up()).isTrue();
        assertThat(answer.begunAt()).isBetween(before, site.bootClock());
    }

    @Test
    void nodesThatHaveJustStartedSayNeither() {
        site.letAllVote();
        allKnowOneAnother();
        site.advance(TIMINGS.voteHold().negated());

        assertThat(confirmUp(a)).isEqualTo(new LeaseEvent.NoMajority(true));
    }

    @Test
    void amajorityIsEnoughWhenOneIsLost() {
        site.letAllVote();
        allKnowOneAnother();
        c.crash();

        assertThat(majority(() -> confirmUp(a)).up()).isTrue();
    }

    @Test
    void withoutAMajorityNothingIsDecided() {
        site.letAllVote();
        allKnowOneAnother();
        b.crash();
        c.crash();

        assertThat(confirmUp(a)).isEqualTo(new LeaseEvent.NoMajority(true));
    }

    @Test
    void whoCannotReadTheElectorateCannotConfirmThatGeoDbIsUp() {
        site.letAllVote();
        allKnowOneAnother();
        site.cutOff(a.self.value(), true);

        assertThat(confirmUp(a)).isEqualTo(new LeaseEvent.NoMajority(true));
    }

    @Test
    void withoutAnElectorateNothingIsDecided() {
        assertThat(confirmUp(a)).isEqualTo(new LeaseEvent.NoMajority(true));
    }

    @Test
    void amajoritySaysThatGeoDbIsDown() {
        site.letAllVote();
        allKnowOneAnother();
        site.geoDbIsAway(true);
        site.nodes().forEach(this::findsDown);
        long before = site.bootClock();

        LeaseEvent.Majority answer = majority(() -> confirmDown(a, Long.MIN_VALUE));

        assertThat(answer.up()).isFalse();
        assertThat(answer.begunAt()).isBetween(before, site.bootClock());
    }

    @Test
    void whoIsCutOffAloneIsTheMinority() {
        site.letAllVote();
        allKnowOneAnother();
        site.cutOff(a.self.value(), true);
        findsDown(a);

        assertThat(confirmDown(a, Long.MIN_VALUE)).isEqualTo(new LeaseEvent.NoMajority(false));
    }

    @Test
    void whoSaidUpDoesNotSayDownUntilItHasHeldThat() {
        site.letAllVote();
        allKnowOneAnother();
        assertThat(majority(() -> confirmUp(a)).up()).isTrue();
        // Each of them has been asked, whoever was needed for the majority.
        site.nodes().forEach(node -> assertThat(node.onLoop(() -> node.vote.say(Vote.UP)))
                .isEqualTo(Vote.UP));
        site.geoDbIsAway(true);
        site.nodes().forEach(this::findsDown);

        assertThat(confirmDown(a, Long.MIN_VALUE)).isEqualTo(new LeaseEvent.NoMajority(false));

        site.advance(TIMINGS.voteHold());
        site.nodes().forEach(this::findsDown);
        assertThat(majority(() -> confirmDown(a, Long.MIN_VALUE)).up()).isFalse();
    }

    @Test
    void anElectorateThatWasNotReadSinceTheRenewalIsNotAsked() {
        site.letAllVote();
        allKnowOneAnother();
        site.geoDbIsAway(true);
        site.nodes().forEach(this::findsDown);

        assertThat(confirmDown(a, site.bootClock())).isEqualTo(new LeaseEvent.NoMajority(false));
    }

    @Test
    void whoSharesItsNameWithAnotherSaysNothing() {
        site.letAllVote();
        allKnowOneAnother();
        a.hasNamesake = true;

        assertThat(a.onLoop(() -> a.vote.say(Vote.UP))).isEqualTo(Vote.NEITHER);
        a.hasNamesake = false;
        assertThat(a.onLoop(() -> a.vote.say(Vote.UP))).isEqualTo(Vote.UP);
    }

    @Test
    void whoIsNotInTheElectorateFindsOutWhenItIsAsked() {
        VotingNode stranger = site.node("stranger");
        site.advance(TIMINGS.voteHold());
        await().until(() -> stranger.onLoop(
                () -> stranger.reader.lastBegun() != Long.MIN_VALUE && stranger.reader.underWay() == 0));
        site.advance(Duration.ofMinutes(1));

        assertThat(stranger.onLoop(() -> stranger.vote.say(Vote.UP))).isEqualTo(Vote.NEITHER);
        await().until(() -> stranger.onLoop(() -> stranger.vote.say(Vote.UP)) == Vote.UP);
    }

    @Test
    void manyWhoAskAtOnceAreAnsweredByOnePoll() throws Exception {
        site.letAllVote();
        allKnowOneAnother();
        List<CompletableFuture<LeaseEvent>> answers = new ArrayList<>();

        a.onLoop(() -> {
            for (int i = 0; i < 50; i++) {
                CompletableFuture<LeaseEvent> answer = new CompletableFuture<>();
                answers.add(answer);
                a.electors.confirmUp(answer::complete);
            }
            return true;
        });

        for (CompletableFuture<LeaseEvent> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(LeaseEvent.Majority.class);
        }
        // The first, and one for all who came while that was under way.
        assertThat(Counters.of(a.registry, "pombal_polls")).isEqualTo(2);
    }
}
