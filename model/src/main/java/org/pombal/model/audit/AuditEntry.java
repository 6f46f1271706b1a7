package org.pombal.model.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A change that was asked for. The entry is written before the change is tried, and again when it is known what came of it: one
 * that stays {@link Result#STARTED} may or may not have been made.
 *
 * @param at when it was asked for, to the millisecond, by the clock of the controller
 * @param who who asked for it
 * @param from from which address
 * @param action what was to be done, as {@code backend.update}
 * @param target to what, as {@code site lisbon, backend b1.example.org}
 * @param before how it was, in JSON; empty if it is new, or if that was not looked at
 * @param after how it became, in JSON; empty if it is gone, or was not changed
 * @param why the reason that was given, or the one for which it was refused
 */
public record AuditEntry(
        UUID id,
        Instant at,
        String who,
        String from,
        String action,
        String target,
        Optional<String> before,
        Optional<String> after,
        Optional<String> why,
        Result result) {

    /** What came of it. */
    public enum Result {
        /** Not known: it is under way, or whoever was at it did not live to say. */
        STARTED,
        DONE,
        /** Nothing was changed. */
        REFUSED,
        /** It failed; it may have been changed in part. */
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditEntry {
        requireNonNull(id, "id is null");
        requireNonNull(at, "at is null");
        requireNonNull(who, "who is null");
        requireNonNull(from, "from is null");
        requireNonNull(action, "action is null");
        requireNonNull(target, "target is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        requireNonNull(why, "why is null");
        requireNonNull(result, "result is null");
    }

    /** The same when it has ended. */
    public AuditEntry ended(Result how, Optional<String> newAfter, Optional<String> newWhy) {
        return new AuditEntry(id, at, who, from, action, target, before, newAfter, newWhy, how);
    }
}
