package org.pombal.model.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.LoadFactor;

class ScalingTest {

    private static final Duration PASS = Duration.ofSeconds(30);

    private final ScaledSite site = new ScaledSite(3, 1.5);

    private List<String> kinds(ScaleDecision decision) {
        return decision.actions().stream()
                .map(action -> action.getClass().getSimpleName())
                .toList();
    }

    private ScaleDecision passes(int count, int wanted) {
        ScaleDecision last = site.pass(wanted);
        for (int i = 1; i < count; i++) {
            site.advance(PASS);
            last = site.pass(wanted);
        }
        return last;
    }

    @Test
    void asManyAsThereAreNeedNothing() {
        ScaleDecision decision = site.pass(3);

        assertThat(decision.actions()).isEmpty();
        assertThat(decision.desired()).isEqualTo(3);
        assertThat(decision.running()).isEqualTo(3);
    }

    @Test
    void newOnesAreStartedEnteredAndBroughtOnlineWhenTheyHaveBeenUpForAWhile() {
        ScaleDecision start = site.pass(5);
        assertThat(start.actions())
                .extracting(ScaleAction::toString)
                .anyMatch(text -> text.startsWith("Start[host=b4.example.org, count=4"))
                .anyMatch(text -> text.startsWith("Start[host=b5.example.org, count=5"));
        assertThat(start.running()).isEqualTo(5);

        site.advance(PASS);
        assertThat(kinds(site.pass(5))).containsExactly("Register", "Register");
        site.advance(PASS);
        ScaleDecision waits = site.pass(5);
        assertThat(waits.actions()).isEmpty();
        assertThat(waits.next()).contains("b4.example.org is to come up");
        site.advance(PASS);
        assertThat(kinds(site.pass(5))).containsExactly("BringOnline", "BringOnline");
        assertThat(site.facts().serving()).isEqualTo(5);
        assertThat(site.pass(5).actions()).isEmpty();
    }

    @Test
    void noMoreThanTheStepAtOnceAndThenAPause() {
        assertThat(kinds(site.pass(8))).containsExactly("Start", "Start");
        site.advance(PASS);
        ScaleDecision waits = site.pass(8);

        assertThat(kinds(waits)).doesNotContain("Start");
        site.advance(site.rules.pause());
        assertThat(kinds(site.pass(8))).contains("Start");
    }

    @Test
    void oneThatDoesNotComeUpIsReportedAndNoOtherIsStarted() {
        site.decide(new ScalerAnswer.Wanted(4, ""))
                .actions()
                .forEach(action -> site.memory = site.memory.after(action, site.now));
        site.advance(site.rules.startLimit().plus(PASS));

        ScaleDecision decision = site.pass(6);

        assertThat(kinds(decision)).doesNotContain("Start");
        assertThat(decision.notes()).anyMatch(note -> note.startsWith("b4.example.org does not come up"));
    }

    @Test
    void oneThatJoinsByItselfIsBroughtOnlineAndOneThatAnOperatorPutOnStandbyIsNot() {
        site.pass(4);
        site.memory = ScaleMemory.EMPTY;
        site.set(2, BackendStatus.STANDBY, 0, 0, true);
        site.pass(4);
        site.carryOut(new ScaleAction.Register(ScaledSite.NAMES.host(4), ""));
        for (int i = 0; i < 3; i++) {
            site.advance(PASS);
            site.pass(4);
        }

        assertThat(site.backend(4).serves()).isTrue();
        assertThat(site.backend(2).serves()).isFalse();
    }

    @Test
    void fewerMustHaveBeenEnoughForLongWithoutABreak() {
        assertThat(passes(30, 2).next())
                .hasValueSatisfying(next -> assertThat(next).startsWith("not before 2026-01-05T12:30"));
        passes(1, 3);
        ScaleDecision waits = passes(50, 2);

        assertThat(waits.actions()).isEmpty();
        assertThat(waits.next()).hasValueSatisfying(next -> assertThat(next).contains("3 were wanted at"));
        passes(14, 2);
        assertThat(site.backend(3).backend().loadFactor().percent()).isZero();
    }

    @Test
    void afterAGapInTheDecisionsTheWaitBeginsAnew() {
        passes(59, 2);
        site.advance(Duration.ofMinutes(6));

        assertThat(passes(10, 2).next())
                .hasValueSatisfying(next -> assertThat(next).startsWith("not before"));
    }

    @Test
    void theOneWithTheHighestNumberIsEmptiedRemovedAndStopped() {
        passes(61, 2);
        assertThat(site.memory.leaving())
                .hasValueSatisfying(one -> assertThat(one.number()).isEqualTo(3));
        site.advance(PASS);
        ScaleDecision waits = site.pass(2);
        assertThat(waits.backends()).isEqualTo(2);
        assertThat(waits.next()).contains("b3.example.org is being emptied; it still has: 10 groups, sessions");
        assertThat(waits.running()).isEqualTo(3);

        site.emptied(3);
        site.advance(PASS);
        assertThat(kinds(site.pass(2))).containsExactly("Remove");
        site.advance(PASS);
        ScaleDecision stop = site.pass(2);
        assertThat(stop.actions())
                .singleElement()
                .isEqualTo(new ScaleAction.Stop(ScaledSite.NAMES.host(3), 2, "it is empty and no backend any more"));
        assertThat(stop.running()).isEqualTo(2);
        site.advance(PASS);
        assertThat(site.pass(2).actions()).isEmpty();
    }

    @Test
    void nothingIsRemovedWhileSessionsMayBeLeft() {
        passes(62, 2);
        ScaledBackend leaving = site.backend(3);
        // Its node is silent, so nobody knows whether sessions are left.
        site.put(new ScaledBackend(
                leaving.backend().withStatus(BackendStatus.STANDBY),
                leaving.number(),
                0,
                0,
                0,
                false,
                false,
                Optional.empty()));
        site.advance(PASS);
        assertThat(site.pass(2).next())
                .hasValueSatisfying(next -> assertThat(next).contains("its node says nothing"));

        site.put(new ScaledBackend(
                leaving.backend().withStatus(BackendStatus.STANDBY),
                leaving.number(),
                0,
                0,
                0,
                false,
                true,
                Optional.empty()));
        site.advance(PASS);
        assertThat(kinds(site.pass(2))).containsExactly("Remove");
    }

    @Test
    void nothingIsRemovedWhileAGroupIsOnItsWayThere() {
        passes(62, 2);
        ScaledBackend leaving = site.backend(3);
        site.put(new ScaledBackend(
                leaving.backend().withStatus(BackendStatus.STANDBY),
                leaving.number(),
                0,
                0,
                1,
                true,
                true,
                Optional.empty()));
        site.advance(PASS);

        assertThat(site.pass(2).next())
                .hasValueSatisfying(next -> assertThat(next).contains("1 group on the way to it"));
    }

    @Test
    void whatIsBeingEmptiedStaysIfItIsWantedAgain() {
        passes(62, 2);
        site.advance(PASS);

        assertThat(kinds(site.pass(3))).containsExactly("Keep");
        assertThat(site.backend(3).serves()).isTrue();
        assertThat(site.memory.leaving()).isEmpty();
    }

    @Test
    void whatIsBeingEmptiedStaysIfTheOthersCannotDoWithoutItWhateverTheScalerWants() {
        passes(62, 2);
        site.cpu = 1.7;
        site.advance(PASS);

        assertThat(kinds(site.pass(2))).containsExactly("Keep");
    }

    @Test
    void whatAnOperatorTakesBackWhileItIsBeingEmptiedCountsAgain() {
        passes(62, 2);
        ScaledBackend third = site.backend(3);
        site.put(new ScaledBackend(
                third.backend().withLoadFactor(LoadFactor.FULL),
                third.number(),
                10,
                0,
                0,
                true,
                false,
                Optional.empty()));

        assertThat(site.pass(3).backends()).isEqualTo(3);
        assertThat(site.memory.leaving()).isEmpty();
    }

    @Test
    void whatIsBeingEmptiedAndIsDeadDoesNotStay() {
        passes(62, 2);
        site.set(3, BackendStatus.OFFLINE, 10, 0, false);
        site.advance(PASS);

        assertThat(kinds(site.pass(3))).isEmpty();
    }

    @Test
    void whateverAScalerWantsTheOthersAreNotOverloaded() {
        site.cpu = 1.7;
        ScaleDecision decision = passes(61, 2);

        assertThat(decision.actions()).isEmpty();
        assertThat(decision.next()).contains("without b3.example.org: CPU of 2 backends at 85 %, more than 80 %");
    }

    @Test
    void withoutAMeasurementNothingIsRemoved() {
        site.set(2, BackendStatus.ONLINE, 10, 0, false);

        assertThat(passes(61, 2).next()).contains("nothing is known of the load of b2.example.org");
    }

    @Test
    void stickyGroupsKeepTheirBackend() {
        site.set(3, BackendStatus.ONLINE, 10, 1, true);

        assertThat(passes(61, 2).next()).contains("1 groups are sticky to b3.example.org, which is the next to go");
    }

    @Test
    void oneOnStandbyIsAnOperatorsBusiness() {
        site.set(3, BackendStatus.STANDBY, 0, 0, true);

        assertThat(passes(61, 1).next())
                .hasValueSatisfying(next -> assertThat(next).contains("is on standby, as an operator put it"));
    }

    @Test
    void theLastBackendStays() {
        ScaledSite small = new ScaledSite(1, 0.1);
        ScaleDecision last = small.pass(0);
        assertThat(last.desired()).isEqualTo(1);
        assertThat(last.actions()).isEmpty();
    }

    @Test
    void leastMostAndTheScheduleBoundWhatIsWanted() {
        assertThat(site.pass(500).desired()).isEqualTo(9);
        assertThat(site.pass(0).reason()).isEqualTo("said so; at least 1");
    }

    @Test
    void anAnswerThatIsOfNoUseChangesNothing() {
        for (ScalerAnswer answer : List.of(
                ScalerAnswer.of("x", -1), ScalerAnswer.of("x", 1_000_000), new ScalerAnswer.Unusable("it threw"))) {
            ScaleDecision decision = site.pass(answer);
            assertThat(decision.actions()).isEmpty();
            assertThat(decision.desired()).isEqualTo(3);
            assertThat(decision.problem()).isPresent();
        }
        assertThat(ScalerAnswer.of("x", 7)).isInstanceOf(ScalerAnswer.Wanted.class);
    }

    @Test
    void withoutNamesNothingIsCarriedOutAndThatIsSaid() {
        site.rules = new ScaleRules(
                1, 9, ScaleSchedule.NONE, LoadRules.DEFAULTS, PASS, PASS, 2, PASS, PASS, PASS, Optional.empty());
        ScaleDecision decision = site.pass(5);

        assertThat(decision.desired()).isEqualTo(5);
        assertThat(decision.actions()).isEmpty();
        assertThat(decision.notes()).singleElement().asString().contains("not known what the backends are called");
    }

    @Test
    void aBackendThatIsNoneOfThePlatformsIsNeverRemoved() {
        ScaledBackend third = site.backend(3);
        site.put(new ScaledBackend(third.backend(), OptionalInt.empty(), 10, 0, 0, true, false, Optional.empty()));
        passes(61, 2);

        assertThat(site.memory.leaving())
                .hasValueSatisfying(one -> assertThat(one.number()).isEqualTo(2));
    }
}
