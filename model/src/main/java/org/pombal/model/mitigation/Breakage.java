package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;

/**
 * A backend that broke: its lease had to be broken, or it was taken offline because sessions failed there. One that was stopped in order
 * did not.
 *
 * @param groups what it owned then
 */
public record Breakage(BackendId backend, Instant at, Set<GroupId> groups) {

    public Breakage {
        requireNonNull(backend, "backend is null");
        requireNonNull(at, "at is null");
        groups = Set.copyOf(groups);
    }
}
