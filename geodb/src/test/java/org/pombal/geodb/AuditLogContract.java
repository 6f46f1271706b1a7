package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.audit.AuditEntry.Result;

/** What every {@link AuditLog} does. */
public interface AuditLogContract extends GeoDbFixture {

    private static AuditEntry entry(Instant at, String who) {
        return new AuditEntry(
                UUID.randomUUID(),
                at,
                who,
                "192.0.2.7",
                "backend.update",
                "site lisbon, backend b1",
                Optional.of("{\"loadFactor\":100}"),
                Optional.empty(),
                Optional.of("maintenance"),
                Result.STARTED);
    }

    /** All entries of one writer, by pages of this size. */
    private List<AuditEntry> of(String who, int pageSize) {
        List<AuditEntry> found = new ArrayList<>();
        Optional<PageToken> from = Optional.empty();
        do {
            Page<AuditEntry> page = result(another().auditLog().list(from, pageSize));
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(pageSize);
            page.rows().stream().filter(entry -> entry.who().equals(who)).forEach(found::add);
            from = page.next();
        } while (from.isPresent());
        return found;
    }

    @Test
    default void anEntryIsReplacedWhenItIsKnownWhatCameOfIt() {
        AuditEntry started = entry(now().truncatedTo(ChronoUnit.MILLIS), "ana");
        AuditEntry done = started.ended(Result.DONE, Optional.of("{\"loadFactor\":0}"), Optional.empty());
        result(another().auditLog().write(started));
        assertThat(of("ana", 100)).containsExactly(started);

        result(geoDb().auditLog().write(done));
        assertThat(of("ana", 100)).containsExactly(done);
    }

    @Test
    default void entriesOfSeveralDaysAndOfTheSameMomentAreListedTheNewestFirst() {
        Instant now = now().truncatedTo(ChronoUnit.MILLIS);
        List<Instant> times = List.of(
                now,
                now.minusMillis(1),
                now.minus(Duration.ofDays(1)),
                now.minus(Duration.ofDays(1)),
                now.minus(Duration.ofDays(1)),
                now.minus(Duration.ofDays(70)));
        List<AuditEntry> written = times.stream().map(at -> entry(at, "rui")).toList();
        written.forEach(entry -> result(geoDb().auditLog().write(entry)));

        for (int pageSize : new int[] {1, 2, 3, 50}) {
            assertThat(of("rui", pageSize))
                    .as("pages of %s", pageSize)
                    .containsExactlyInAnyOrderElementsOf(written)
                    .extracting(AuditEntry::at)
                    .containsExactlyElementsOf(times);
        }
    }

    @Test
    default void aPlaceThatIsNoneIsRefused() {
        for (String wrong : List.of("", "x", "1_x", "99999999999999999999_", "1_2_3")) {
            assertThatThrownBy(() -> result(geoDb().auditLog().list(Optional.of(new PageToken(wrong)), 10)))
                    .hasStackTraceContaining("is no place in the audit log");
        }
    }
}
