package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that wants a duty for as long as it runs: it takes it when nobody has it, or when who has it is seen not to renew it, keeps
 * it while it can renew it, and otherwise looks on until it is free. Nothing rests on there being one holder only; but of two that both
 * run, one has it.
 *
 * <p>Only {@link LeaseAction.Read} and {@link LeaseAction.Write} are asked of the driver. Times are nanoseconds of one clock.
 */
public final class DutyCandidate {

    private final LeaseOwner owner;
    private final OwnershipTimings timings;
    private final LeaseSight sight;

    private @Nullable LeaseHolder holder;
    private long resumeAt;
    private boolean withdrawing;
    private boolean withdrawn;

    /** @param owner of a {@link LeaseId.OfDuty}; nothing to be resumed */
    public DutyCandidate(LeaseOwner owner, OwnershipTimings timings) {
        this.owner = requireNonNull(owner, "owner is null");
        this.timings = requireNonNull(timings, "timings is null");
        this.sight = new LeaseSight(timings.breakWindow());
    }

    /** Whether this process has the duty now. */
    public boolean isHeld(long now) {
        LeaseHolder current = holder;
        return !withdrawing && current != null && current.isTrusted(now);
    }

    /** Who has it, as far as is known. */
    public Optional<String> heldBy(long now) {
        return isHeld(now)
                ? Optional.of(owner.holder())
                : sight.holder(now).filter(name -> !name.equals(owner.holder()));
    }

    /** Whether it has given the duty back, and wants nothing more. */
    public boolean isWithdrawn() {
        return withdrawn;
    }

    /** When {@link LeaseEvent.Tick} is wanted next. */
    public long nextTick() {
        LeaseHolder current = holder;
        if (withdrawn) {
            return Long.MAX_VALUE;
        }
        return current == null ? resumeAt : current.nextTick();
    }

    /** @return what is to be read and written */
    public List<LeaseAction> onEvent(long now, LeaseEvent event) {
        List<LeaseAction> wanted = new ArrayList<>(2);
        if (event instanceof LeaseEvent.Read read) {
            sight.saw(read.row(), now);
        } else if (event instanceof LeaseEvent.Lost lost) {
            sight.saw(lost.current(), now);
        }
        if (event instanceof LeaseEvent.ReleaseAsked) {
            withdrawing = true;
            withdrawn = withdrawn || holder == null;
        }
        if (!withdrawn && holder == null && now >= resumeAt) {
            LeaseHolder next = new LeaseHolder(owner, BreakPolicy.PLAIN, timings, LeaseRules.PROTOCOL);
            holder = next;
            // A duty has nothing that would have to end when it is lost.
            feed(next, now, new LeaseEvent.DovecotGone(), wanted);
        } else {
            LeaseHolder current = holder;
            if (current != null) {
                feed(current, now, event, wanted);
            }
        }
        return wanted;
    }

    private void feed(LeaseHolder current, long now, LeaseEvent event, List<LeaseAction> wanted) {
        for (LeaseAction action : current.onEvent(now, event)) {
            if (action instanceof LeaseAction.Read || action instanceof LeaseAction.Write) {
                wanted.add(action);
            } else if (action instanceof LeaseAction.Fence) {
                feed(current, now, new LeaseEvent.DovecotGone(), wanted);
            } else if (action instanceof LeaseAction.Refuse) {
                holder = null;
                resumeAt = now + timings.renewEvery().toNanos();
            } else if (action instanceof LeaseAction.Released) {
                holder = null;
                withdrawn = true;
            }
        }
    }
}
