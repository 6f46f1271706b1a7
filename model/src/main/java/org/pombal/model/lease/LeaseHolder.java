package org.pombal.model.lease;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Acquires, resumes, renews and releases a lease, and says until when it may be trusted (decision 0010, "Lease of a backend"). One
 * request is under way at a time, so that of each write it is known what was tried since when.
 */
public final class LeaseHolder {

    private enum Phase {
        /** Looks at the row. */
        LOOKING,
        /** Somebody else's incarnation stands, or an earlier one of this machine's: it has to be over first. */
        PROVING,
        /** The next incarnation is being written. */
        ACQUIRING,
        HOLDING,
        RELEASING,
        /** Given back, or refused: there is nothing more to do. */
        ENDED
    }

    /** A row of our own with a predecessor's late write moves once; what moves twice is renewed by somebody. */
    private static final int CHANGES_OF_A_LIVING_HOLDER = 2;

    private final LeaseOwner owner;
    private final BreakPolicy policy;
    private final OwnershipTimings timings;
    private final LeaseRules rules;

    private Phase phase = Phase.LOOKING;
    private @Nullable Lease row;
    private @Nullable LeaseBreaker breaker;
    private long incarnation;
    private boolean resumed;
    private long endedHere;
    private long firstTry;
    private long renewalBegan;
    private long trustedUntil = Long.MIN_VALUE;
    private long nextTick = Long.MIN_VALUE;
    private long nextQuestion;
    private boolean busy;
    private boolean asking;
    private boolean fenced;
    /** Dovecot may run under trust that an earlier process of this machine gave, until that ends or this one fences. */
    private boolean inherited;

    private boolean dovecotGone;
    private boolean releaseAsked;

    public LeaseHolder(LeaseOwner owner, BreakPolicy policy, OwnershipTimings timings, LeaseRules rules) {
        this.owner = requireNonNull(owner, "owner is null");
        this.policy = requireNonNull(policy, "policy is null");
        this.timings = requireNonNull(timings, "timings is null");
        this.rules = requireNonNull(rules, "rules is null");
    }

    /** The incarnation that is held, trusted or not; 0 if none. */
    public long incarnation() {
        return incarnation;
    }

    /** Whether the incarnation was acquired by an earlier process of this machine. */
    public boolean isResumed() {
        return resumed;
    }

    public boolean isTrusted(long now) {
        return incarnation != 0 && now < trustedUntil;
    }

    public long trustedUntil() {
        return trustedUntil;
    }

    /** When the last renewal that is known to be applied was first tried; tells which reading of the electorate is recent enough. */
    public long renewalBegan() {
        return renewalBegan;
    }

    /** The row as this process knows it. */
    public Optional<Lease> row() {
        return Optional.ofNullable(row);
    }

    /** When {@link LeaseEvent.Tick} is wanted next. */
    public long nextTick() {
        if (phase == Phase.ENDED) {
            return Long.MAX_VALUE;
        }
        if (phase == Phase.PROVING) {
            return requireNonNull(breaker).nextTick();
        }
        long end = incarnation != 0 && !fenced ? trustedUntil : Long.MAX_VALUE;
        boolean asks = phase == Phase.HOLDING && !asking && !fenced && canAsk();
        long question = asks ? Math.max(nextQuestion, askFrom()) : Long.MAX_VALUE;
        return Math.min(Math.min(end, question), busy ? Long.MAX_VALUE : nextTick);
    }

    public List<LeaseAction> onEvent(long now, LeaseEvent event) {
        List<LeaseAction> actions = new ArrayList<>(3);
        if (event instanceof LeaseEvent.DovecotGone) {
            // Under trust it may have been started again since.
            dovecotGone |= incarnation == 0 || (fenced && !inherited);
        } else if (event instanceof LeaseEvent.ReleaseAsked) {
            releaseAsked = true;
        } else if (event instanceof LeaseEvent.Majority majority && !majority.up()) {
            asking = false;
            extend(now, majority.begunAt(), actions);
        } else if (event instanceof LeaseEvent.NoMajority answer && !answer.up()) {
            asking = false;
            nextQuestion = Math.min(nextQuestion, now + timings.retry().toNanos());
        } else if (phase == Phase.PROVING) {
            prove(now, event, actions);
        } else {
            answered(now, event, actions);
        }
        proceed(now, actions);
        return actions;
    }

    private void answered(long now, LeaseEvent event, List<LeaseAction> actions) {
        if (event instanceof LeaseEvent.Read || event instanceof LeaseEvent.ReadFailed) {
            // What was asked for the proof may be answered when there is no need for it any more.
            if (phase == Phase.LOOKING) {
                busy = false;
                nextTick = now + timings.retry().toNanos();
                if (event instanceof LeaseEvent.Read read) {
                    look(now, read.row(), actions);
                }
            }
        } else if (event instanceof LeaseEvent.Written written) {
            busy = false;
            stands(now, written.row(), actions);
        } else if (event instanceof LeaseEvent.Lost lost) {
            busy = false;
            lost(now, lost.current(), actions);
        } else if (event instanceof LeaseEvent.Unknown) {
            // The same write is tried again: its first try stays what it was, since any try may be the one that is
            // applied.
            busy = false;
            nextTick = now + timings.retry().toNanos();
        }
    }

    private void look(long now, Optional<Lease> read, List<LeaseAction> actions) {
        row = read.orElse(null);
        if (row == null || !(row.isHeld() && isResumable(row))) {
            // Whatever of Dovecot still runs here was let in under an incarnation that is not going to be ours.
            fence("lease " + owner.id().key() + " is not held by this machine", actions);
        }
        if (row == null || row.state() == LeaseState.RELEASED) {
            begin(now, Phase.ACQUIRING);
        } else if (row.isHeld() && isResumable(row)) {
            incarnation = row.incarnation();
            resumed = true;
            fenced = true;
            inherited = true;
            begin(now, Phase.HOLDING);
        } else if (!row.isHeld() && (row.incarnation() == endedHere || isResumable(row))) {
            // It was ours, and no process of it is left: nobody needs to prove that to us.
            begin(now, Phase.ACQUIRING);
        } else {
            begin(now, Phase.PROVING);
            breaker = new LeaseBreaker(policy, timings, rules);
            prove(now, new LeaseEvent.Read(read, true), actions);
        }
    }

    private boolean isResumable(Lease lease) {
        return owner.resumable().isPresent() && owner.resumable().getAsLong() == lease.incarnation();
    }

    private void prove(long now, LeaseEvent event, List<LeaseAction> actions) {
        LeaseBreaker proof = requireNonNull(breaker);
        List<LeaseAction> itsActions = proof.onEvent(now, event);
        Optional<Lease> seen = proof.row();
        if (seen.isPresent() && seen.get().isHeld() && proof.changesSeen() >= CHANGES_OF_A_LIVING_HOLDER) {
            phase = Phase.ENDED;
            actions.add(new LeaseAction.Refuse("lease " + owner.id().key() + " is held and renewed by "
                    + seen.get().holder() + "; " + owner.holder() + " must not bear the same name"));
        } else if (seen.isPresent()
                && seen.get().incarnation() <= proof.overUpTo()
                && !seen.get().isHeld()) {
            row = seen.get();
            breaker = null;
            begin(now, Phase.ACQUIRING);
        } else {
            actions.addAll(itsActions);
        }
    }

    private void begin(long now, Phase next) {
        phase = next;
        busy = false;
        firstTry = Long.MIN_VALUE;
        nextTick = now;
    }

    private void stands(long now, Lease standing, List<LeaseAction> actions) {
        row = standing;
        if (phase == Phase.RELEASING) {
            phase = Phase.ENDED;
            incarnation = 0;
            actions.add(new LeaseAction.Released());
            return;
        }
        if (phase == Phase.ACQUIRING) {
            phase = Phase.HOLDING;
            incarnation = standing.incarnation();
            resumed = false;
        }
        renewalBegan = firstTry;
        trust(now, rules.trustedUntil(firstTry, now, timings), actions);
        nextTick = firstTry + timings.renewEvery().toNanos();
        firstTry = Long.MIN_VALUE;
    }

    private void trust(long now, long until, List<LeaseAction> actions) {
        if (until > now && until > trustedUntil && !releaseAsked) {
            trustedUntil = until;
            fenced = false;
            inherited = false;
            dovecotGone = false;
            actions.add(new LeaseAction.Trust(incarnation, until));
        }
    }

    private void lost(long now, Optional<Lease> current, List<LeaseAction> actions) {
        if (current.filter(this::isOwnWrite).isPresent()) {
            stands(now, current.get(), actions);
        } else if (incarnation == 0) {
            begin(now, Phase.LOOKING);
        } else if (current.filter(lease -> lease.isHeldBy(incarnation)).isPresent()) {
            // A predecessor's renewal came late. Nobody knows when it was applied, so it gives no trust.
            row = current.get();
            begin(now, phase);
        } else if (phase == Phase.RELEASING) {
            stands(now, current.orElseGet(this::wanted), actions);
        } else {
            endedHere = incarnation;
            incarnation = 0;
            trustedUntil = Long.MIN_VALUE;
            begin(now, Phase.LOOKING);
            fence(
                    "lease " + owner.id().key() + " is lost: "
                            + current.map(lease -> "it is " + lease.state() + " in incarnation " + lease.incarnation()
                                            + ", by " + lease.holder())
                                    .orElse("its row is gone"),
                    actions);
        }
    }

    private boolean isOwnWrite(Lease standing) {
        return standing.isAsIn(wanted()) && rules.isOwnRenewal(standing, owner.process());
    }

    private Lease wanted() {
        Lease standing = row;
        return switch (phase) {
            case ACQUIRING -> standing == null ? owner.first() : owner.acquired(standing);
            case RELEASING -> requireNonNull(standing).released();
            default -> owner.renewed(requireNonNull(standing));
        };
    }

    /** An extension counts only if it was begun under trust, so that extensions form a chain without gaps. */
    private void extend(long now, long begunAt, List<LeaseAction> actions) {
        if (phase == Phase.HOLDING && begunAt < trustedUntil) {
            trust(now, begunAt + timings.trust().toNanos(), actions);
        }
    }

    private void fence(String reason, List<LeaseAction> actions) {
        if (!fenced || inherited) {
            fenced = true;
            inherited = false;
            actions.add(new LeaseAction.Fence(reason));
        }
    }

    private boolean canAsk() {
        return policy.outage() == OutagePolicy.SERVE && trustedUntil != Long.MIN_VALUE;
    }

    /** Half of the trust is left for renewals to succeed, half for asking. */
    private long askFrom() {
        return trustedUntil - timings.trust().toNanos() / 2;
    }

    private void proceed(long now, List<LeaseAction> actions) {
        if (releaseAsked && (phase == Phase.LOOKING || phase == Phase.PROVING)) {
            phase = Phase.ENDED;
            actions.clear();
            actions.add(new LeaseAction.Released());
        }
        if (phase == Phase.ENDED || phase == Phase.PROVING) {
            return;
        }
        if (incarnation != 0 && !fenced && now >= trustedUntil) {
            fence("lease " + owner.id().key() + " could not be renewed in time", actions);
        }
        if (phase == Phase.HOLDING
                && canAsk()
                && !asking
                && now >= nextQuestion
                && now >= askFrom()
                && now < trustedUntil) {
            asking = true;
            nextQuestion = now + timings.renewEvery().toNanos();
            actions.add(new LeaseAction.AskElectorate(false));
        }
        if (releaseAsked && phase == Phase.HOLDING && !busy) {
            trustedUntil = now;
            fence("the lease is given back", actions);
            begin(now, Phase.RELEASING);
        }
        if (!busy && now >= nextTick) {
            request(now, actions);
        }
    }

    private void request(long now, List<LeaseAction> actions) {
        boolean waits = (phase == Phase.ACQUIRING || phase == Phase.RELEASING) && !dovecotGone;
        if (waits) {
            nextTick = now + timings.retry().toNanos();
            return;
        }
        busy = true;
        if (phase == Phase.LOOKING) {
            actions.add(new LeaseAction.Read(true));
            return;
        }
        if (firstTry == Long.MIN_VALUE) {
            firstTry = now;
        }
        if (phase == Phase.HOLDING && policy.outage() == OutagePolicy.SERVE) {
            actions.add(new LeaseAction.ReadElectorate());
        }
        actions.add(new LeaseAction.Write(Optional.ofNullable(row), wanted()));
    }
}
