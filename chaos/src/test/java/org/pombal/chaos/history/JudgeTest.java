package org.pombal.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pombal.chaos.history.ClientEvent.Outcome;

class JudgeTest {

    private static final long END = seconds(1000);

    private final Judge judge = new Judge(Duration.ofSeconds(12));

    private static long seconds(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private static ClientEvent event(String way, Outcome outcome, double begin, double end) {
        return new ClientEvent("ann", way, outcome, seconds(begin), seconds(end), "words");
    }

    private static ClientEvent resident(Outcome outcome, double begin, double end) {
        return event(Outage.WAY, outcome, begin, end);
    }

    private static Round round(Round.Kind kind, double begin, double healed, double served) {
        return new Round(
                "round", kind, false, seconds(begin), seconds(healed), OptionalLong.of(seconds(served)), Duration.ZERO);
    }

    private List<String> faults(Round round, ClientEvent... events) {
        return judge.faults(List.of(round), List.of(events), END);
    }

    @Test
    void whoIsServedInTimeAfterAKillIsServedWell() {
        assertThat(faults(
                        round(Round.Kind.KILL, 10, 13, 30),
                        resident(Outcome.DISCONNECTED, 10, 10),
                        resident(Outcome.FAILED_FOR_NOW, 11, 21),
                        resident(Outcome.SERVED, 21, 22)))
                .isEmpty();
    }

    @Test
    void whoWaitsLongerAfterAKillIsFound() {
        assertThat(faults(
                        round(Round.Kind.KILL, 10, 13, 30),
                        resident(Outcome.DISCONNECTED, 10, 10),
                        resident(Outcome.SERVED, 21, 22.1)))
                .singleElement()
                .asString()
                .contains("ann was not served for 12.1 s");
    }

    @Test
    void whoIsNotServedAnyMoreIsFound() {
        assertThat(faults(round(Round.Kind.KILL, 10, 13, 30), resident(Outcome.DISCONNECTED, 10, 10)))
                .hasSize(1);
    }

    @Test
    void anotherWayIntoTheMailboxEndsNoOutage() {
        assertThat(faults(
                        round(Round.Kind.KILL, 10, 13, 30),
                        resident(Outcome.DISCONNECTED, 10, 10),
                        event("lmtp", Outcome.SERVED, 11, 12),
                        resident(Outcome.SERVED, 29, 30)))
                .hasSize(1);
    }

    @Test
    void otherFaultsCountFromWhenTheyAreHealed() {
        assertThat(faults(
                        round(Round.Kind.OTHER, 10, 25, 40),
                        resident(Outcome.DISCONNECTED, 10, 10),
                        resident(Outcome.SERVED, 36, 36.9)))
                .isEmpty();
        assertThat(faults(
                        round(Round.Kind.OTHER, 10, 25, 40),
                        resident(Outcome.DISCONNECTED, 10, 10),
                        resident(Outcome.SERVED, 36, 37.1)))
                .hasSize(1);
    }

    @Test
    void aMachineThatRunsNothingForAWhileIsNotTheSitesFault() {
        ClientEvent[] events = {resident(Outcome.DISCONNECTED, 10, 10), resident(Outcome.SERVED, 21, 24.9)};
        assertThat(faults(late(1), events)).isEmpty();
        assertThat(faults(late(0.9), events)).hasSize(1);
    }

    private static Round late(double late) {
        return new Round(
                "round",
                Round.Kind.KILL,
                false,
                seconds(10),
                seconds(13),
                OptionalLong.of(seconds(30)),
                Duration.ofNanos(seconds(late)));
    }

    @Test
    void whatComesBetweenTheRoundsCountsForTheOneBefore() {
        List<Round> rounds = List.of(round(Round.Kind.KILL, 10, 13, 15), round(Round.Kind.PLANNED, 60, 70, 71));
        assertThat(judge.faults(
                        rounds, List.of(resident(Outcome.DISCONNECTED, 20, 20), resident(Outcome.SERVED, 40, 41)), END))
                .hasSize(1);
    }

    @Test
    void aTryThatFailsInAPlannedMoveIsFound() {
        for (String way : List.of(Outage.WAY, "imap", "pop3", "lmtp", "doveadm")) {
            assertThat(faults(
                            round(Round.Kind.PLANNED, 10, 20, 21),
                            event(way, Outcome.FAILED_FOR_NOW, 12, 13),
                            event(way, Outcome.SERVED, 13, 14)))
                    .as(way)
                    .hasSize(1);
        }
    }

    @Test
    void aDisconnectionInAPlannedMoveIsNoFailure() {
        assertThat(faults(
                        round(Round.Kind.PLANNED, 10, 20, 21),
                        resident(Outcome.DISCONNECTED, 12, 12),
                        resident(Outcome.SERVED, 12.3, 12.5)))
                .isEmpty();
    }

    @Test
    void aFailureForGoodIsFoundWhenever() {
        assertThat(judge.faults(List.of(), List.of(event("lmtp", Outcome.FAILED_FOR_GOOD, 1, 2)), END))
                .singleElement()
                .asString()
                .contains("for good")
                .contains("words");
    }

    @Test
    void whatDovecotSaysItselfWhenItLosesTheNodeIsNotTheNodesFault() {
        ClientEvent event = new ClientEvent(
                "ann", "imap", Outcome.FAILED_FOR_GOOD, seconds(10), seconds(11), "NO [AUTHENTICATIONFAILED] no");
        Round other = round(Round.Kind.KILL, 10, 13, 14);
        Round breaksAuth = new Round(
                other.name(), other.kind(), true, other.begin(), other.healed(), other.served(), other.late());
        assertThat(faults(other, event)).hasSize(1);
        assertThat(faults(breaksAuth, event)).isEmpty();
        assertThat(faults(breaksAuth, event("lmtp", Outcome.FAILED_FOR_GOOD, 10, 11)))
                .hasSize(1);
    }

    @Test
    void aRoundAfterWhichNotAllAreServedIsFound() {
        assertThat(faults(new Round("round", Round.Kind.OTHER, false, 0, 1, OptionalLong.empty(), Duration.ZERO)))
                .hasSize(1);
    }

    @Test
    void anAcknowledgedMessageThatIsMissingIsFound() {
        assertThat(Judge.lost(Map.of("ann", 3, "bob", 2, "eve", 1), Map.of("ann", 4, "bob", 1)))
                .containsExactly(
                        "bob has 1 of 2 messages whose delivery was acknowledged",
                        "eve has 0 of 1 messages whose delivery was acknowledged");
    }
}
