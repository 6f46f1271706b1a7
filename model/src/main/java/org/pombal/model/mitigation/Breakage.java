package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;

/**
 * A backend that broke: was taken offline, or its machine or Dovecot died.
 *
 * @param groups what it had then, and since when
 */
public record Breakage(BackendId backend, Instant at, Map<GroupId, Instant> groups) {

    public Breakage {
        requireNonNull(backend, "backend is null");
        requireNonNull(at, "at is null");
        groups = Map.copyOf(groups);
    }
}
