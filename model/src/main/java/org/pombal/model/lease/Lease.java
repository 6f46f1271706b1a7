package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * A lease's row (decision 0010, "Lease of a backend"). Incarnation and counter only grow; the row is written by compare-and-set on
 * incarnation, counter and state only.
 *
 * @param incarnation from 1; the next one begins when the one before is broken or released
 * @param counter from 0, one more with each renewal of the incarnation
 * @param fenced whether the operator's fence command has succeeded since it was broken
 * @param holder who holds or held it, for messages only
 * @param process random id of the process that acquired or renewed it last, by which it knows its own write again
 */
public record Lease(
        LeaseId id, long incarnation, long counter, LeaseState state, boolean fenced, String holder, UUID process) {

    public Lease {
        requireNonNull(id, "id is null");
        requireNonNull(state, "state is null");
        requireNonNull(holder, "holder is null");
        requireNonNull(process, "process is null");
        if (incarnation < 1 || counter < 0) {
            throw new IllegalArgumentException("incarnation " + incarnation + ", counter " + counter + " of lease "
                    + id.key() + ": they begin at 1 and 0");
        }
        if (fenced && state != LeaseState.BROKEN) {
            throw new IllegalArgumentException("lease " + id.key() + " is " + state + ", so it cannot be fenced");
        }
    }

    /** The first row of a lease that nobody ever held. */
    public static Lease first(LeaseId id, String holder, UUID process) {
        return new Lease(id, 1, 0, LeaseState.HELD, false, holder, process);
    }

    /** The next incarnation. */
    public Lease acquired(String by, UUID process) {
        require(!isHeld(), "acquired");
        return new Lease(id, incarnation + 1, 0, LeaseState.HELD, false, by, process);
    }

    public Lease renewed(String by, UUID process) {
        require(isHeld(), "renewed");
        return new Lease(id, incarnation, counter + 1, LeaseState.HELD, false, by, process);
    }

    public Lease broken() {
        require(isHeld(), "broken");
        return new Lease(id, incarnation, counter, LeaseState.BROKEN, false, holder, process);
    }

    public Lease markedFenced() {
        require(state == LeaseState.BROKEN, "marked as fenced");
        return new Lease(id, incarnation, counter, LeaseState.BROKEN, true, holder, process);
    }

    public Lease released() {
        require(isHeld(), "released");
        return new Lease(id, incarnation, counter, LeaseState.RELEASED, false, holder, process);
    }

    public boolean isHeld() {
        return state == LeaseState.HELD;
    }

    public boolean isHeldBy(long someIncarnation) {
        return isHeld() && incarnation == someIncarnation;
    }

    /**
     * Whether an incarnation is over for good: nobody serves under it, then and ever after.
     *
     * @param takeover what it takes where the lease is broken
     */
    public boolean isOver(long someIncarnation, TakeoverPolicy takeover) {
        if (incarnation != someIncarnation) {
            return incarnation > someIncarnation;
        }
        return state == LeaseState.RELEASED
                || (state == LeaseState.BROKEN && (takeover == TakeoverPolicy.LEASE || fenced));
    }

    /** Whether incarnation, counter and state are the same: the condition of each compare-and-set. */
    public boolean isAsIn(Lease other) {
        return incarnation == other.incarnation && counter == other.counter && state == other.state;
    }

    private void require(boolean allowed, String what) {
        if (!allowed) {
            throw new IllegalStateException("lease " + id.key() + " (" + incarnation + ", " + counter + ") is " + state
                    + ", it cannot be " + what);
        }
    }
}
