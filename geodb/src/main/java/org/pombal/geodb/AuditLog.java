package org.pombal.geodb;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.audit.AuditEntry;

/** What people and programs changed, by plain quorum writes. */
public interface AuditLog {

    /** How long an entry is kept. */
    Duration RETENTION = Duration.ofDays(400);

    /** Adds an entry, or replaces the one with its id and time. */
    CompletionStage<Void> write(AuditEntry entry);

    /**
     * A page of the entries, the newest first. A page may have fewer entries than asked for, even none, and still not be the last.
     *
     * @param from where to go on, or empty for the newest
     * @param pageSize at most how many, 1 to 5000
     * @throws IllegalArgumentException if {@code from} is not of this listing
     */
    CompletionStage<Page<AuditEntry>> list(Optional<PageToken> from, int pageSize);
}
