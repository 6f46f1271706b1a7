package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a backend's part in the ownership protocol stands.
 *
 * @param obstacle why nobody is served; empty if users are
 * @param incarnation the lease's that is held, 0 if none
 * @param trustLeft the part of the time for which a renewal is trusted that is left, 0 to 1; low ones are a bad sign
 * @param groups how many it owns
 * @param moving how many move from here or to here
 * @param waiting how many wait at the door
 * @param pendingLogins logins let in that no mail process took over yet
 * @param processes that may have mailboxes open
 * @param olderProcesses those among them of which nobody knows the user
 * @param users whose mailboxes may be open
 */
public record OwnershipStatus(
        Optional<String> obstacle,
        long incarnation,
        double trustLeft,
        int groups,
        int moving,
        int waiting,
        int pendingLogins,
        int processes,
        int olderProcesses,
        int users) {

    /** Before anything is known. */
    public static final OwnershipStatus NONE =
            new OwnershipStatus(Optional.of("the lease of this backend is not held yet"), 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public OwnershipStatus {
        requireNonNull(obstacle, "obstacle is null");
    }
}
