package org.pombal.model.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.SiteId;

class VotesTest {

    private static final OwnershipTimings TIMINGS = OwnershipTimings.DEFAULT;

    private static long seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000)).toNanos();
    }

    private static SortedSet<VoterId> voters(int count) {
        SortedSet<VoterId> voters = new TreeSet<>();
        IntStream.rangeClosed(1, count).forEach(number -> voters.add(new VoterId(String.format("node%02d", number))));
        return voters;
    }

    private static Electorate electorate(int count) {
        return Electorate.first(SiteId.random(), voters(count));
    }

    @Test
    void aVoterThatHasJustStartedSaysNeither() {
        Voter voter = new Voter(0, TIMINGS, VoteRules.PROTOCOL);

        assertThat(voter.answer(seconds(5.9), true)).isEqualTo(Vote.NEITHER);
        assertThat(voter.answer(seconds(6), true)).isEqualTo(Vote.UP);
    }

    @Test
    void whatNobodyWantsToHearIsNotSaid() {
        Voter voter = new Voter(0, TIMINGS, VoteRules.PROTOCOL);

        assertThat(voter.answer(seconds(10), true, Vote.DOWN)).isEqualTo(Vote.NEITHER);
        assertThat(voter.answer(seconds(10.1), false, Vote.DOWN)).isEqualTo(Vote.DOWN);
        assertThat(voter.answer(seconds(16), true, Vote.UP)).isEqualTo(Vote.NEITHER);
    }

    @Test
    void aVoterSaysTheOppositeOnlyAfterTheHold() {
        Voter voter = new Voter(0, TIMINGS, VoteRules.PROTOCOL);
        voter.answer(seconds(10), true);

        assertThat(voter.answer(seconds(15.9), false)).isEqualTo(Vote.NEITHER);
        assertThat(voter.answer(seconds(16), false)).isEqualTo(Vote.DOWN);
        assertThat(voter.answer(seconds(21.9), true)).isEqualTo(Vote.NEITHER);
    }

    @Test
    void aPollNeedsMoreThanHalfInTime() {
        Electorate four = electorate(4);
        Poll poll = new Poll(four, Vote.DOWN, 0, TIMINGS, VoteRules.PROTOCOL);
        VoterId[] voter = four.members().toArray(new VoterId[0]);

        assertThat(poll.answer(seconds(0.1), voter[0], Vote.DOWN)).isEqualTo(Poll.Result.OPEN);
        assertThat(poll.answer(seconds(0.1), voter[0], Vote.DOWN)).isEqualTo(Poll.Result.OPEN);
        assertThat(poll.answer(seconds(0.2), voter[1], Vote.UP)).isEqualTo(Poll.Result.OPEN);
        assertThat(poll.answer(seconds(0.2), new VoterId("stranger"), Vote.DOWN))
                .isEqualTo(Poll.Result.OPEN);
        assertThat(poll.answer(seconds(0.3), voter[2], Vote.DOWN)).isEqualTo(Poll.Result.OPEN);
        assertThat(poll.answer(seconds(1.1), voter[3], Vote.DOWN)).isEqualTo(Poll.Result.FAILED);
    }

    @Test
    void nobodyDecidesAnythingWithoutVoters() {
        Poll poll = new Poll(electorate(0), Vote.UP, 0, TIMINGS, VoteRules.PROTOCOL);

        assertThat(poll.result(0)).isEqualTo(Poll.Result.OPEN);
        assertThat(poll.result(seconds(1.1))).isEqualTo(Poll.Result.FAILED);
    }

    @Test
    void majoritiesOfNeighbouringVersionsShareANode() {
        for (int size = 0; size < Electorate.MAX_MEMBERS; size++) {
            Electorate smaller = electorate(size);
            Electorate larger = electorate(size + 1);
            assertThat(smaller.majority() + larger.majority()).isGreaterThan(size + 1);
        }
    }

    @Test
    void anElectorateChangesByOneNodeAtATime() {
        Electorate standing = electorate(3);
        SortedSet<VoterId> wanted = voters(5);
        wanted.remove(new VoterId("node01"));

        Electorate first = ElectorateRegistrar.next(standing, wanted).orElseThrow();
        Electorate second = ElectorateRegistrar.next(first, wanted).orElseThrow();
        Electorate third = ElectorateRegistrar.next(second, wanted).orElseThrow();

        assertThat(first.members()).hasSize(4);
        assertThat(first.version()).isEqualTo(2);
        assertThat(second.members()).hasSize(5);
        assertThat(third.members()).isEqualTo(wanted);
        assertThat(ElectorateRegistrar.next(third, wanted)).isEmpty();
    }

    @Test
    void anElectorateHasAtMostTwentyFiveMembers() {
        assertThatThrownBy(() -> electorate(26)).hasMessageContaining("26 nodes");
        assertThat(ElectorateRegistrar.next(electorate(25), voters(40))).isEmpty();
    }

    @Test
    void aBackendAsksOnlyTheElectorateItReadSinceItsRenewalBegan() {
        ElectorateView view = new ElectorateView();
        Electorate standing = electorate(3);
        view.read(seconds(4.9), standing);

        assertThat(view.sinceRenewal(seconds(4.9))).contains(standing);
        assertThat(view.sinceRenewal(seconds(5))).isEmpty();
    }
}
