package org.pombal.controller.api;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.audit.AuditEntry;

/** Looks for entries of the audit log, the newest first; the log itself is only kept in the order of time. */
final class AuditSearch {

    /** A request reads no more, even if it has not found what it looks for. */
    static final int PARTS_AT_ONCE = 10;

    private final AuditLog log;
    private final Predicate<AuditEntry> wanted;

    AuditSearch(AuditLog log, Predicate<AuditEntry> wanted) {
        this.log = requireNonNull(log, "log is null");
        this.wanted = requireNonNull(wanted, "wanted is null");
    }

    /**
     * Entries that are wanted, from as many parts of the log as it takes to find {@code limit} of them, ten at most. So there may be
     * fewer, even none, with more to come; and nearly twice as many, because a part is not taken apart.
     *
     * @param from where to go on; empty for the newest
     * @param limit how many are read at once, 1 to 5000
     */
    CompletionStage<Page<AuditEntry>> find(Optional<PageToken> from, int limit) {
        return find(new Page<>(List.of(), from), limit, PARTS_AT_ONCE);
    }

    private CompletionStage<Page<AuditEntry>> find(Page<AuditEntry> sofar, int limit, int parts) {
        return log.list(sofar.next(), limit).thenCompose(page -> {
            Page<AuditEntry> found = new Page<>(
                    Stream.concat(sofar.rows().stream(), page.rows().stream().filter(wanted))
                            .toList(),
                    page.next());
            return found.next().isEmpty() || found.rows().size() >= limit || parts == 1
                    ? completedFuture(found)
                    : find(found, limit, parts - 1);
        });
    }
}
