package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches another's lease, breaks it when it stands still, and says which of its incarnations are over (decision 0010, "Break" and
 * "When GeoDB is away"): those that anybody has broken or released, for good. The break is where it is proven.
 */
public final class LeaseBreaker {

    private final BreakPolicy policy;
    private final OwnershipTimings timings;
    private final LeaseRules rules;

    private Optional<Lease> row = Optional.empty();
    private boolean known;
    private long unchangedSince;
    private long lastRead;
    private long nextRead;
    private boolean busy;
    private boolean polling;
    private boolean fencing;
    private long askAgainAt;
    private long askedAt;
    private long majorityAskedAt = Long.MIN_VALUE;
    private long overUpTo;
    private int changes;

    public LeaseBreaker(BreakPolicy policy, OwnershipTimings timings, LeaseRules rules) {
        this.policy = requireNonNull(policy, "policy is null");
        this.timings = requireNonNull(timings, "timings is null");
        this.rules = requireNonNull(rules, "rules is null");
    }

    /** Incarnations up to this one are proven to be over; 0 if none is. */
    public long overUpTo() {
        return overUpTo;
    }

    /** The row as it was read last; empty if there was none. */
    public Optional<Lease> row() {
        return row;
    }

    /** Whether there is nobody now who could hold the lease: none ever did for as long as a break takes, or it is over. */
    public boolean isDown(long now) {
        return row.map(lease -> lease.incarnation() <= overUpTo)
                .orElse(known && now - unchangedSince >= timings.breakWindow().toNanos());
    }

    /** For how long the row has been read to be the same, in nanoseconds. */
    public long unchangedFor() {
        return known ? lastRead - unchangedSince : 0;
    }

    /** How often the lease was seen to be renewed or acquired. */
    public int changesSeen() {
        return changes;
    }

    public long nextTick() {
        return busy ? Long.MAX_VALUE : nextRead;
    }

    public List<LeaseAction> onEvent(long now, LeaseEvent event) {
        List<LeaseAction> actions = new ArrayList<>(2);
        if (event instanceof LeaseEvent.Read read) {
            busy = false;
            seen(now, read.row(), now - lastRead);
        } else if (event instanceof LeaseEvent.Written written) {
            busy = false;
            seen(now, Optional.of(written.row()), 0);
        } else if (event instanceof LeaseEvent.Lost lost) {
            busy = false;
            seen(now, lost.current(), now - lastRead);
        } else if (event instanceof LeaseEvent.ReadFailed || event instanceof LeaseEvent.Unknown) {
            busy = false;
        } else if (event instanceof LeaseEvent.Majority majority && majority.up()) {
            agreed(majority.begunAt());
        } else if (event instanceof LeaseEvent.NoMajority answer && answer.up()) {
            polling = false;
            askAgainAt = now + timings.retry().toNanos();
        } else if (event instanceof LeaseEvent.Hint) {
            nextRead = now;
        } else if (event instanceof LeaseEvent.Fenced fenced) {
            fencing = false;
            askAgainAt = now + timings.renewEvery().toNanos();
            markFenced(fenced, actions);
        }
        proceed(now, actions);
        return actions;
    }

    private void seen(long now, Optional<Lease> read, long gap) {
        if (!known || !stoodStill(read, gap)) {
            if (known && !read.equals(row)) {
                changes++;
            }
            unchangedSince = now;
        }
        // What happened before is over as soon as somebody acquired the lease after it.
        read.ifPresent(lease -> overUpTo = Math.max(overUpTo, lease.incarnation() - 1));
        row = read;
        known = true;
        lastRead = now;
    }

    /** It counts from when this breaker asked: the electorate was read after that. An answer to an earlier one's question does not. */
    private void agreed(long begunAt) {
        if (polling && begunAt >= askedAt) {
            polling = false;
            majorityAskedAt = askedAt;
        }
    }

    private boolean stoodStill(Optional<Lease> read, long gap) {
        if (row.isPresent() && read.isPresent()) {
            return rules.stoodStill(row.get(), read.get(), gap, timings);
        }
        return row.isEmpty() && read.isEmpty() && gap <= timings.readGap().toNanos();
    }

    private void markFenced(LeaseEvent.Fenced fenced, List<LeaseAction> actions) {
        if (fenced.succeeded() && !busy && row.isPresent() && isBroken(row.get(), fenced.incarnation())) {
            write(row.get(), row.get().markedFenced(), actions);
        }
    }

    private static boolean isBroken(Lease lease, long incarnation) {
        return lease.state() == LeaseState.BROKEN && lease.incarnation() == incarnation;
    }

    private void proceed(long now, List<LeaseAction> actions) {
        row.ifPresent(lease -> {
            switch (lease.state()) {
                case HELD -> breakIfStill(now, lease, actions);
                case BROKEN -> prove(now, lease, actions);
                case RELEASED -> overUpTo = Math.max(overUpTo, lease.incarnation());
            }
        });
        if (!busy && now >= nextRead) {
            nextRead = now + timings.readEvery().toNanos();
            busy = true;
            actions.add(new LeaseAction.Read(false));
        }
    }

    private void breakIfStill(long now, Lease lease, List<LeaseAction> actions) {
        if (busy || lastRead - unchangedSince < timings.breakWindow().toNanos()) {
            return;
        }
        // Whoever reads that the lease is broken acts on it without asking, so this is where it is asked.
        if (policy.outage() == OutagePolicy.SERVE && !rules.allowsTheBreak(majorityAskedAt, unchangedSince)) {
            ask(now, actions);
            return;
        }
        write(lease, lease.broken(), actions);
    }

    private void prove(long now, Lease lease, List<LeaseAction> actions) {
        if (policy.takeover() == TakeoverPolicy.LEASE || lease.fenced()) {
            overUpTo = Math.max(overUpTo, lease.incarnation());
        } else if (policy.runsFenceCommand() && !fencing && !busy && now >= askAgainAt) {
            fencing = true;
            actions.add(new LeaseAction.RunFenceCommand(lease));
        }
    }

    private void ask(long now, List<LeaseAction> actions) {
        if (!polling && now >= askAgainAt) {
            polling = true;
            askedAt = now;
            actions.add(new LeaseAction.AskElectorate(true));
        }
    }

    private void write(@Nullable Lease expected, Lease next, List<LeaseAction> actions) {
        busy = true;
        actions.add(new LeaseAction.Write(Optional.ofNullable(expected), next));
    }
}
