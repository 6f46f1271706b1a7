package org.pombal.geodb;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pombal.model.audit.AuditEntry;

/**
 * After which entry a listing of the audit log goes on, for implementations of {@link AuditLog}.
 *
 * @param at its time; entries of this time with greater ids follow, then older ones
 * @param id empty to begin with all entries of that time
 */
public record AuditPosition(Instant at, Optional<UUID> id) {

    /** After this entry. */
    public static AuditPosition after(AuditEntry entry) {
        return new AuditPosition(entry.at(), Optional.of(entry.id()));
    }

    /** @throws IllegalArgumentException if it is not one that {@link #token} made */
    public static AuditPosition parse(PageToken token) {
        String[] parts = token.value().split("_", -1);
        try {
            if (parts.length == 2) {
                return new AuditPosition(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])),
                        parts[1].isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(parts[1])));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(token, e);
        }
        throw wrong(token, null);
    }

    private static IllegalArgumentException wrong(PageToken token, @Nullable Exception cause) {
        return new IllegalArgumentException("'" + token.value() + "' is no place in the audit log", cause);
    }

    public PageToken token() {
        return new PageToken(at.toEpochMilli() + "_" + id.map(UUID::toString).orElse(""));
    }
}
