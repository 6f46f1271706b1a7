package org.pombal.controller.api;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.audit.AuditEntry;

class AuditSearchTest {

    private int parts;

    /** So many entries, of which each seventh is about alice. */
    private final class Log implements AuditLog {

        private final List<AuditEntry> entries;

        Log(int count) {
            entries = IntStream.range(0, count)
                    .mapToObj(number -> entry(number % 7 == 6 ? "user alice" : "user bob"))
                    .toList();
        }

        @Override
        public CompletionStage<Void> write(AuditEntry entry) {
            throw new UnsupportedOperationException("it is only read");
        }

        @Override
        public CompletionStage<Page<AuditEntry>> list(Optional<PageToken> from, int pageSize) {
            parts++;
            int first = from.map(token -> Integer.valueOf(token.value())).orElse(0);
            int end = Math.min(entries.size(), first + pageSize);
            return completedFuture(new Page<>(
                    entries.subList(first, end),
                    end == entries.size() ? Optional.empty() : Optional.of(new PageToken(String.valueOf(end)))));
        }
    }

    private static AuditEntry entry(String target) {
        return new AuditEntry(
                UUID.randomUUID(),
                Instant.EPOCH,
                "ana",
                "127.0.0.1",
                "user.move",
                target,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AuditEntry.Result.DONE);
    }

    private Page<AuditEntry> found(int count, Optional<PageToken> from, int limit) {
        return get(new AuditSearch(new Log(count), entry -> entry.target().equals("user alice")).find(from, limit));
    }

    @Test
    void readsOnUntilItHasAsManyAsAreWanted() {
        Page<AuditEntry> page = found(100, Optional.empty(), 2);

        assertThat(page.rows()).hasSize(2).extracting(AuditEntry::target).containsOnly("user alice");
        assertThat(page.next()).contains(new PageToken("14"));
    }

    @Test
    void goesOnWhereItEnded() {
        assertThat(found(22, Optional.of(new PageToken("14")), 10).rows()).hasSize(1);
    }

    @Test
    void readsNoMoreThanTenPartsForOneRequest() {
        Page<AuditEntry> page = found(1000, Optional.empty(), 30);
        assertThat(parts).isLessThanOrEqualTo(AuditSearch.PARTS_AT_ONCE);
        assertThat(page.rows()).hasSizeGreaterThanOrEqualTo(30);

        parts = 0;
        page = get(new AuditSearch(new Log(1000), entry -> false).find(Optional.empty(), 30));
        assertThat(parts).isEqualTo(AuditSearch.PARTS_AT_ONCE);
        assertThat(page.rows()).isEmpty();
        assertThat(page.next()).contains(new PageToken("300"));
    }

    @Test
    void endsWithTheLog() {
        Page<AuditEntry> page = found(10, Optional.empty(), 30);

        assertThat(page.rows()).hasSize(1);
        assertThat(page.next()).isEmpty();
    }
}
