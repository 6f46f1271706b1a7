package org.pombal.geodb.cassandra;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.Await;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;

class VersionedUpdateTest {

    private record Row(String content, long version) {}

    private static final Row WANTED = new Row("mine", 5);
    private static final CasReply NOT_APPLIED = new CasReply(false, Optional.empty(), false);
    private static final CasReply NOT_APPLIED_WHEN_ASKED_AGAIN = new CasReply(false, Optional.empty(), true);

    private static Cas<Row> settle(CasReply reply, CompletionStage<Optional<Row>> standing) {
        return Await.result(VersionedUpdate.settle("updating", reply, WANTED, Row::version, () -> standing));
    }

    private static CompletionStage<Optional<Row>> stands(String content, long version) {
        return completedFuture(Optional.of(new Row(content, version)));
    }

    @Test
    void appliedIsApplied() {
        assertThat(settle(new CasReply(true, Optional.empty(), true), failedFuture(new AssertionError())))
                .isEqualTo(new Cas.Applied<>(WANTED));
    }

    @Test
    void notAppliedAtOnceIsLostWhateverStands() {
        assertThat(settle(NOT_APPLIED, stands("mine", 5))).isEqualTo(new Cas.Lost<>(Optional.of(new Row("mine", 5))));
    }

    @Test
    void theFirstOneWasAppliedIfItsRowStands() {
        assertThat(settle(NOT_APPLIED_WHEN_ASKED_AGAIN, stands("mine", 5))).isEqualTo(new Cas.Applied<>(WANTED));
    }

    @Test
    void theFirstOneWasLostIfAnotherRowStandsInItsPlace() {
        assertThat(settle(NOT_APPLIED_WHEN_ASKED_AGAIN, stands("theirs", 5)))
                .isEqualTo(new Cas.Lost<>(Optional.of(new Row("theirs", 5))));
    }

    @Test
    void theFirstOneWasLostIfItWasDecidedOnAVersionThatNeverWas() {
        assertThat(settle(NOT_APPLIED_WHEN_ASKED_AGAIN, stands("theirs", 3)))
                .isEqualTo(new Cas.Lost<>(Optional.of(new Row("theirs", 3))));
        assertThat(settle(NOT_APPLIED_WHEN_ASKED_AGAIN, completedFuture(Optional.empty())))
                .isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    void aRowThatHasGoneOnCannotTellWhatCameOfTheFirstOne() {
        assertThatThrownBy(() -> settle(NOT_APPLIED_WHEN_ASKED_AGAIN, stands("theirs", 6)))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("changed again since");
    }

    @Test
    void withoutReadingBackTheFirstOneStaysUnknown() {
        assertThatThrownBy(
                        () -> settle(NOT_APPLIED_WHEN_ASKED_AGAIN, failedFuture(new GeoDbUnavailableException("away"))))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("reading back failed (away)");
    }

    @Test
    void withoutReadingBackADefiniteRefusalChangedNothing() {
        assertThatThrownBy(() -> settle(NOT_APPLIED, failedFuture(new GeoDbUnavailableException("away"))))
                .isInstanceOf(GeoDbUnavailableException.class);
    }
}
