package org.pombal.model.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;

class SightingsTest {

    private static final VoterId A = new VoterId("backend/a.example");
    private static final VoterId B = new VoterId("backend/b.example");
    private static final VoterId P = new VoterId("proxy/p.example");

    private final Sightings sightings = new Sightings(Duration.ofSeconds(60));
    private final Map<VoterId, String> reports = new HashMap<>();

    private void read(int second, String... reporting) {
        for (String voter : reporting) {
            reports.put(new VoterId(voter), "at " + second);
        }
        sightings.read(at(second), reports);
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }

    @Test
    void whoWasOnlyReadOnceMayBeGoneForLong() {
        read(0, A.value(), B.value());
        read(10, A.value());

        assertThat(sightings.wanted(at(10), Set.of())).containsExactly(A);
    }

    @Test
    void whoVotesStaysUntilItIsKnownToBeGone() {
        read(0, A.value());
        for (int second = 10; second <= 60; second += 10) {
            read(second, A.value());
        }

        assertThat(sightings.wanted(at(60), Set.of(A, B))).containsExactly(A, B);
        assertThat(sightings.wanted(at(61), Set.of(A, B))).containsExactly(A);
    }

    @Test
    void whoStopsReportingIsGoneAfterAWhile() {
        read(0, A.value(), P.value());
        read(20, A.value(), P.value());
        for (int second = 40; second <= 100; second += 20) {
            read(second, P.value());
        }

        assertThat(sightings.wanted(at(80), Set.of())).containsExactly(A, P);
        assertThat(sightings.wanted(at(81), Set.of(A, P))).containsExactly(P);
    }

    @Test
    void nobodyIsGoneBecauseNobodyLooked() {
        read(0, A.value(), B.value());
        read(10, A.value(), B.value());
        read(1000);

        assertThat(sightings.wanted(at(1000), Set.of(A, P))).containsExactly(A, B, P);
    }

    @Test
    void aRowThatWasTakenOutIsNoNode() {
        read(0, A.value());
        read(10, A.value());
        reports.clear();
        read(20);

        assertThat(sightings.wanted(at(20), Set.of())).isEmpty();
    }

    @Test
    void aVotersNameSaysWhatItStandsBeside() {
        assertThat(VoterId.ofBackend(new HostName("a.example"))).isEqualTo(A);
        assertThat(VoterId.ofProxy(new HostName("p.example"))).isEqualTo(P);
        assertThat(A.backend()).contains(new HostName("a.example"));
        assertThat(P.backend()).isEmpty();
        assertThat(new VoterId("backend/no name").backend()).isEmpty();
    }

    @Test
    void itIsSettledWhenEachNodeLivesOrWasWatchedInVain() {
        Duration grace = Duration.ofSeconds(25);
        assertThat(sightings.settled(at(0), grace)).isFalse();
        read(0, A.value(), B.value(), P.value());
        read(10, A.value(), B.value());
        assertThat(sightings.settled(at(24), grace)).isFalse();
        assertThat(sightings.settled(at(25), grace)).isTrue();

        read(26, P.value());
        assertThat(sightings.settled(at(26), grace)).isTrue();
        reports.put(new VoterId("proxy/new.example"), "at 30");
        read(30, A.value());
        assertThat(sightings.settled(at(30), grace)).isFalse();
    }
}
