package org.pombal.model.group;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.pombal.model.backend.BackendId;

/**
 * The move of a group to another backend of its site, while it lasts.
 *
 * @param dest where the group goes
 * @param destIncarnation under which the destination may serve during the hand-over; {@link GroupOwner#UNCLAIMED} while proposed
 * @param lazy whether users with a session stay until their next login or until their last session ends
 * @param cause who or what asked for it, for people
 * @param startedAt when it was proposed, by the clock of the one who did; for people only
 */
public record GroupMove(
        MoveId id,
        BackendId dest,
        long destIncarnation,
        MovePhase phase,
        boolean lazy,
        String cause,
        Instant startedAt) {

    public GroupMove {
        requireNonNull(id, "id is null");
        requireNonNull(dest, "dest is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(startedAt, "startedAt is null");
        if (phase == MovePhase.HANDOVER && destIncarnation <= GroupOwner.UNCLAIMED) {
            throw new IllegalArgumentException("a hand-over needs the destination's incarnation");
        }
    }

    /** A move as it is asked for. */
    public static GroupMove proposed(MoveId id, BackendId dest, boolean lazy, String cause, Instant startedAt) {
        return new GroupMove(id, dest, GroupOwner.UNCLAIMED, MovePhase.PROPOSED, lazy, cause, startedAt);
    }

    public boolean isHandover() {
        return phase == MovePhase.HANDOVER;
    }

    /** The destination as the owner it is going to be. */
    public GroupOwner destOwner() {
        return new GroupOwner(dest, destIncarnation);
    }

    GroupMove inHandoverTo(long incarnation) {
        return new GroupMove(id, dest, incarnation, MovePhase.HANDOVER, lazy, cause, startedAt);
    }
}
