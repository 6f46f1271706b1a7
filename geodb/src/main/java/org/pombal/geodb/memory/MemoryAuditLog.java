package org.pombal.geodb.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.AuditPosition;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.audit.AuditEntry;

final class MemoryAuditLog implements AuditLog {

    record Key(Instant at, UUID id) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::at)
                .reversed()
                .thenComparing(key -> key.id().toString());
    }

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;

    MemoryAuditLog(InMemoryCluster store, Requests requests, InstantSource clock) {
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> write(AuditEntry entry) {
        long timestamp = Microseconds.of(clock.instant());
        return requests.write(
                "writing the audit log", () -> store.auditLog.put(new Key(entry.at(), entry.id()), entry, timestamp));
    }

    @Override
    public CompletionStage<Page<AuditEntry>> list(Optional<PageToken> from, int pageSize) {
        Optional<AuditPosition> start = from.map(AuditPosition::parse);
        return requests.read("reading the audit log", () -> {
            List<AuditEntry> rows = store.auditLog
                    .values()
                    .filter(entry ->
                            start.filter(position -> !isAfter(entry, position)).isEmpty())
                    .limit(pageSize)
                    .toList();
            return new Page<>(
                    rows,
                    rows.size() < pageSize
                            ? Optional.empty()
                            : Optional.of(AuditPosition.after(rows.get(rows.size() - 1))
                                    .token()));
        });
    }

    private static boolean isAfter(AuditEntry entry, AuditPosition position) {
        return position.id()
                .map(id -> Key.ORDER.compare(new Key(entry.at(), entry.id()), new Key(position.at(), id)) > 0)
                .orElse(entry.at().isBefore(position.at()));
    }
}
