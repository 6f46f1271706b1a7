package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.site.SiteId;

/** What every {@link Leases} does. */
public interface LeasesContract extends GeoDbFixture {

    private Leases leases() {
        return geoDb().leases();
    }

    private static Lease first() {
        return Lease.first(new LeaseId.OfBackend(BackendId.random()), "host \"a\" (boot 1)", UUID.randomUUID());
    }

    private Lease standing(LeaseId id) {
        return result(another().leases().find(id, ReadLevel.SERIAL)).orElseThrow();
    }

    @Test
    default void aLeaseIsAcquiredRenewedBrokenFencedAndAcquiredAgain() {
        Lease first = first();
        UUID process = UUID.randomUUID();
        Lease renewed = first.renewed("host b", process);
        Lease broken = renewed.broken();
        Lease fenced = broken.markedFenced();
        Lease second = fenced.acquired("host c", process);
        Optional<Lease> before = Optional.empty();
        assertThat(result(leases().find(first.id(), ReadLevel.SERIAL))).isEmpty();

        for (Lease next : List.of(first, renewed, broken, fenced, second, second.released())) {
            assertThat(result(leases().replace(before, next))).isEqualTo(new Cas.Applied<>(next));
            assertThat(result(another().leases().find(first.id(), ReadLevel.QUORUM)))
                    .contains(next);
            assertThat(standing(first.id())).isEqualTo(next);
            before = Optional.of(next);
        }
    }

    @Test
    default void eachRenewalIsSeenByWhenTheRowWasWritten() {
        Lease first = first();
        assertThat(result(leases().writtenAt(first.id()))).isEmpty();
        result(leases().replace(Optional.empty(), first));
        Instant written = result(another().leases().writtenAt(first.id())).orElseThrow();
        assertThat(written).isBetween("2026-01-01T00:00:00Z", "2126-01-01T00:00:00Z");

        result(leases().replace(Optional.of(first), first.renewed("a", first.process())));
        assertThat(result(leases().writtenAt(first.id())).orElseThrow()).isAfter(written);
    }

    @Test
    default void dutiesOfSitesHaveLeasesOfTheirOwn() {
        SiteId site = SiteId.random();
        Lease failover = Lease.first(new LeaseId.OfDuty(site, "failover"), "a", UUID.randomUUID());
        Lease other = Lease.first(new LeaseId.OfDuty(site, "balance"), "b", UUID.randomUUID());
        result(leases().replace(Optional.empty(), failover));

        assertThat(result(leases().replace(Optional.empty(), other))).isEqualTo(new Cas.Applied<>(other));
        assertThat(standing(failover.id())).isEqualTo(failover);
    }

    @Test
    default void aWriteThatWasDecidedOnAnOldRowLosesAndIsToldWhatStands() {
        Lease first = first();
        result(leases().replace(Optional.empty(), first));
        Lease renewed = first.renewed("a", UUID.randomUUID());
        result(another().leases().replace(Optional.of(first), renewed));

        assertThat(result(leases().replace(Optional.of(first), first.broken())))
                .isEqualTo(new Cas.Lost<>(Optional.of(renewed)));
        assertThat(result(leases().replace(Optional.empty(), first))).isEqualTo(new Cas.Lost<>(Optional.of(renewed)));
    }

    @Test
    default void aWriteToALeaseThatIsNotThereLoses() {
        Lease first = first();

        assertThat(result(leases().replace(Optional.of(first), first.broken())))
                .isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    default void aBrokenLeaseIsNotRenewed() {
        Lease first = first();
        result(leases().replace(Optional.empty(), first));
        result(another().leases().replace(Optional.of(first), first.broken()));

        assertThat(result(leases().replace(Optional.of(first), first.renewed("a", first.process()))))
                .isEqualTo(new Cas.Lost<>(Optional.of(first.broken())));
    }

    @Test
    default void ofManyThatTakeALeaseAtOnceOneGetsIt() throws Exception {
        Lease broken = first().broken();
        Lease held = first();
        Lease row = new Lease(held.id(), 1, 0, broken.state(), false, "dead", broken.process());
        result(leases().replace(Optional.empty(), row));
        List<Lease> wanted = IntStream.range(0, 16)
                .mapToObj(number -> row.acquired("host " + number, UUID.randomUUID()))
                .toList();

        Lease winner = Creators.oneWinner(
                wanted.size(),
                i -> (i % 2 == 0 ? geoDb() : another()).leases().replace(Optional.of(row), wanted.get(i)));

        assertThat(wanted).contains(winner);
        assertThat(standing(row.id())).isEqualTo(winner);
    }

    @Test
    default void renewalsWhoseAnswersOrRequestsAreLostAreClearedUpByAskingAgain() {
        Lease first = first();
        Lease second = first.renewed("a", first.process());
        Lease third = second.renewed("a", first.process());
        faults().loseAnswers(1);
        assertThat(result(leases().replace(Optional.empty(), first))).isEqualTo(new Cas.Applied<>(first));
        faults().loseAnswers(1);
        assertThat(result(leases().replace(Optional.of(first), second))).isEqualTo(new Cas.Applied<>(second));
        faults().loseRequests(1);
        assertThat(result(leases().replace(Optional.of(second), third))).isEqualTo(new Cas.Applied<>(third));
    }

    @Test
    default void aLostRenewalOfAnotherProcessIsNotTakenForOnesOwn() {
        Lease first = first();
        result(leases().replace(Optional.empty(), first));
        Lease others = first.renewed("a", UUID.randomUUID());
        result(another().leases().replace(Optional.of(first), others));
        faults().loseAnswers(1);

        assertThat(result(leases().replace(Optional.of(first), first.renewed("a", UUID.randomUUID()))))
                .isEqualTo(new Cas.Lost<>(Optional.of(others)));
    }

    @Test
    default void whatIsNeverAnsweredIsUnknownAndWhatIsRefusedIsNot() {
        Lease first = first();
        faults().loseAnswers(2);
        assertThatThrownBy(() -> result(leases().replace(Optional.empty(), first)))
                .isInstanceOf(UnknownOutcomeException.class);
        assertThat(standing(first.id())).isEqualTo(first);

        faults().refuse(1);
        assertThatThrownBy(() -> result(leases().replace(Optional.of(first), first.broken())))
                .isInstanceOf(GeoDbUnavailableException.class);
        assertThat(standing(first.id())).isEqualTo(first);
    }
}
