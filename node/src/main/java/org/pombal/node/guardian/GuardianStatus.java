package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.node.session.ProcessId;

/**
 * What the guardian says of itself when it is asked, and each time that its state changes.
 *
 * @param dovecot Dovecot's master process, if it runs
 * @param allGoneAt when none of Dovecot's processes was left, the last time that this was so; 0 for never
 */
public record GuardianStatus(GuardianState state, Optional<ProcessId> dovecot, long allGoneAt) {

    public GuardianStatus {
        requireNonNull(state, "state is null");
        requireNonNull(dovecot, "dovecot is null");
    }
}
