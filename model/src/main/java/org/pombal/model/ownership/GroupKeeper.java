package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/**
 * One backend's part in one group (decision 0010, "Ownership of a group"): claims it, serves its users, hands it over, or receives it.
 * One request about the row is under way at a time, and a write of unknown outcome is repeated until it is known: as long as this
 * backend's incarnation lasts, nobody else changes the owner, so what is remembered of the row may be relied on.
 */
public final class GroupKeeper {

    private final GroupId id;
    private final Surroundings around;
    private Departures departures;

    private long incarnation;
    private boolean resumed;
    private @Nullable UserGroup row;
    private long rowReadAt;
    private long nobodyLeftSince;
    private boolean confirmed;
    private boolean busy;
    private long rowRequests;
    private boolean lookWanted = true;
    private long retryAt;
    private @Nullable UserGroup unsettled;
    private @Nullable GroupSource source;
    private @Nullable GroupDestination destination;
    private @Nullable GroupMove wantedMove;
    private boolean withdrawWanted;

    public GroupKeeper(GroupId id, Surroundings around) {
        this.id = requireNonNull(id, "id is null");
        this.around = requireNonNull(around, "around is null");
        this.departures = new Departures(around);
    }

    public GroupId id() {
        return id;
    }

    /** The row as it was last read or written at the serial level. */
    public Optional<UserGroup> row() {
        return Optional.ofNullable(row);
    }

    /** When the row was last read or written, in nanoseconds of the boot clock. */
    public long rowReadAt() {
        return rowReadAt;
    }

    /** The earliest epoch of the row since which, as this backend has seen, nobody has left the group. Says nothing as long as there is no row. */
    long nobodyLeftSince() {
        return nobodyLeftSince;
    }

    /** Whether the row makes this backend the owner, under its present incarnation. */
    public boolean isOwner() {
        UserGroup known = row;
        return known != null && incarnation != 0 && around.rules().owns(known, around.self(), incarnation);
    }

    /** Whether nobody else can make what is known of the row untrue, as long as this backend's lease lasts. */
    boolean isSure() {
        return isOwner() || destination != null;
    }

    public long nextTick() {
        if (incarnation == 0 && !lookWanted) {
            return Long.MAX_VALUE;
        }
        long next = busy || (unsettled == null && !wantsRow()) ? Long.MAX_VALUE : retryAt;
        return Math.min(next, nextWork());
    }

    private boolean wantsRow() {
        return lookWanted || row == null || departures.wantRow();
    }

    /** When the owner's work wants to go on: of departures and a move, that which has its turn. */
    private long nextWork() {
        UserGroup known = row;
        if (known == null || !isOwner() || !isConfirmed()) {
            return Long.MAX_VALUE;
        }
        if (hasDepartures(known)) {
            return departures.nextTick();
        }
        return source == null ? Long.MAX_VALUE : Math.max(source.nextTick(), busy ? Long.MIN_VALUE : retryAt);
    }

    /** Users leave before the group moves on; not during a hand-over, whose destination inherits them. */
    private boolean hasDepartures(UserGroup known) {
        return !isHanding(known) && !known.leaving().isEmpty();
    }

    private boolean isHanding(UserGroup known) {
        return known.isInHandover() || (source != null && !source.isBeforeHandOver());
    }

    public List<GroupAction> onEvent(long now, GroupEvent event) {
        List<GroupAction> actions = new ArrayList<>(4);
        if (event instanceof GroupEvent.LeaseHeld held) {
            if (held.incarnation() != incarnation) {
                reset();
                incarnation = held.incarnation();
                resumed = held.resumed();
            }
        } else if (event instanceof GroupEvent.LeaseLost) {
            reset();
        } else if (event instanceof GroupEvent.Look) {
            lookWanted = true;
        } else if (event instanceof GroupEvent.MoveAsked asked) {
            wantedMove = asked.move();
        } else if (event instanceof GroupEvent.WithdrawAsked) {
            withdrawWanted = true;
        } else if (!rowAnswer(now, event, actions)) {
            passOn(now, event, actions);
        }
        proceed(now, actions);
        return actions;
    }

    private void reset() {
        incarnation = 0;
        resumed = false;
        row = null;
        confirmed = false;
        unsettled = null;
        endSource();
        destination = null;
        // Answers to what the lost incarnation asked for must not be waited for: they may come when there is no row.
        departures = new Departures(around);
        lookWanted = true;
        wantedMove = null;
        withdrawWanted = false;
    }

    private void endSource() {
        if (source != null) {
            source.stop();
            source = null;
        }
    }

    private boolean rowAnswer(long now, GroupEvent event, List<GroupAction> actions) {
        if (event instanceof GroupEvent.RowRead read) {
            lookWanted = false;
            adopt(now, read.row(), actions);
        } else if (event instanceof GroupEvent.RowWritten written) {
            unsettled = null;
            confirmed = true;
            adopt(now, Optional.of(written.row()), actions);
        } else if (event instanceof GroupEvent.RowLost lost) {
            boolean wasOurs = unsettled != null;
            unsettled = null;
            adopt(now, lost.current(), actions);
            if (wasOurs && source != null && row != null && !row.isInHandover()) {
                source.reopen(now);
            }
        } else if (event instanceof GroupEvent.RowReadFailed || event instanceof GroupEvent.RowUnknown) {
            retryAt = now + around.timings().retry().toNanos();
        } else {
            return false;
        }
        busy = false;
        return true;
    }

    private void passOn(long now, GroupEvent event, List<GroupAction> actions) {
        if (event instanceof GroupEvent.Arrived arrived && destination != null) {
            destination.arrived(now, arrived.user(), actions);
        }
        if (event instanceof GroupEvent.UserProgress answer && destination != null) {
            destination.answered(answer);
        }
        if (source != null) {
            source.onEvent(now, event);
        }
        if (row != null) {
            departures.onEvent(now, row, rowRequests, event);
        }
    }

    private void adopt(long now, Optional<UserGroup> read, List<GroupAction> actions) {
        if (read.isEmpty()) {
            retryAt = now + around.timings().retry().toNanos();
            lookWanted = row == null;
            return;
        }
        UserGroup next = read.get();
        if (row != null && next.epoch() < row.epoch()) {
            return;
        }
        boolean first = row == null;
        if (row == null || (next.epoch() != row.epoch() && !around.rules().nobodyLeft(row, next))) {
            nobodyLeftSince = next.epoch();
        }
        row = next;
        rowReadAt = now;
        departures.rowAnswered(rowRequests);
        boolean owner = isOwner();
        if (first && owner && !(resumed && mayBeBehind(next))) {
            confirmed = true;
        }
        if (source != null) {
            if (owner && source.isOf(next)) {
                source.row(now, next);
            } else {
                next.move()
                        .ifPresentOrElse(
                                move -> {},
                                () -> actions.add(new GroupAction.DeleteProgress(
                                        requireNonNull(source).move())));
                endSource();
            }
        }
        if (destination != null && !(destination.isOf(next) && isDestination(next))) {
            destination = null;
        }
        if (destination == null && isDestination(next)) {
            destination = new GroupDestination(next.move().orElseThrow(), around);
        }
    }

    /**
     * Whether a predecessor may have issued something that is yet to be applied to this row: a hand-over only of a move it has seen
     * proposed, and the removal of a departure only where there is one. Carried out a second time it would take a user away who has
     * come back meanwhile.
     */
    private static boolean mayBeBehind(UserGroup next) {
        return !next.isInHandover() && (next.isMoving() || !next.leaving().isEmpty());
    }

    private boolean isDestination(UserGroup next) {
        return next.isInHandover()
                && next.move().orElseThrow().dest().equals(around.self())
                && next.move().orElseThrow().destIncarnation() == incarnation;
    }

    private void proceed(long now, List<GroupAction> actions) {
        Optional<UserGroup> wanted = decide(now, actions);
        if (busy || now < retryAt) {
            return;
        }
        if (unsettled != null) {
            actions.add(asked(new GroupAction.WriteRow(unsettled)));
        } else if (wanted.isPresent()) {
            unsettled = wanted.get();
            actions.add(asked(new GroupAction.WriteRow(wanted.get())));
        } else if (wantsRow()) {
            actions.add(asked(new GroupAction.ReadRow()));
        }
    }

    private GroupAction asked(GroupAction request) {
        busy = true;
        rowRequests++;
        return request;
    }

    private Optional<UserGroup> decide(long now, List<GroupAction> actions) {
        UserGroup known = row;
        if (incarnation == 0 || known == null) {
            return Optional.empty();
        }
        if (isOwner()) {
            return asOwner(now, known, actions);
        }
        if (known.backend().equals(around.self())
                && !known.isInHandover()
                && incarnation > known.owner().incarnation()) {
            return Optional.of(GroupSteps.claimed(known, incarnation));
        }
        return known.move()
                .filter(move ->
                        move.isHandover() && move.dest().equals(around.self()) && incarnation > move.destIncarnation())
                .map(move -> GroupSteps.accepted(known, incarnation));
    }

    private Optional<UserGroup> asOwner(long now, UserGroup known, List<GroupAction> actions) {
        if (!isConfirmed()) {
            return Optional.of(GroupSteps.confirmed(known));
        }
        if (hasDepartures(known)) {
            return departures.proceed(now, known, actions);
        }
        if (known.isMoving()) {
            if (withdrawWanted && !isHanding(known) && isFree(now)) {
                withdrawWanted = false;
                return Optional.of(GroupSteps.withdrawn(known));
            }
            if (source == null) {
                source = new GroupSource(now, known, around);
            }
            return source.proceed(now, actions);
        }
        if (!isFree(now)) {
            return Optional.empty();
        }
        withdrawWanted = false;
        GroupMove move = wantedMove;
        wantedMove = null;
        return Optional.ofNullable(move)
                .filter(its -> !its.dest().equals(around.self()))
                .map(its -> GroupSteps.proposed(known, its));
    }

    /** Whether what is decided now is written now. */
    private boolean isFree(long now) {
        return !busy && unsettled == null && now >= retryAt;
    }

    private boolean isConfirmed() {
        return confirmed || !around.rules().confirmsAfterRestart();
    }

    /**
     * What is to become of a user of this group. Whether the lease is trusted at this moment is for the caller to see.
     *
     * @param beginning whether a session begins for a login that was let in before
     */
    public Verdict judge(UserKey user, boolean beginning) {
        UserGroup known = row;
        if (known == null || incarnation == 0) {
            return new Verdict.Hold("the group's row is being read");
        }
        if (isOwner()) {
            return asOwner(user, beginning, known);
        }
        if (known.backend().equals(around.self()) && !known.isInHandover()) {
            return new Verdict.Hold("the group is being claimed");
        }
        if (known.isInHandover() && known.move().orElseThrow().dest().equals(around.self())) {
            return destination == null || known.leaving().containsKey(user)
                    ? new Verdict.Hold("the group is being accepted")
                    : destination.judge(user, known);
        }
        return new Verdict.Elsewhere(
                known.move().filter(GroupMove::isHandover).map(GroupMove::dest).orElse(known.backend()));
    }

    private Verdict asOwner(UserKey user, boolean beginning, UserGroup known) {
        if (!isConfirmed()) {
            return new Verdict.Hold("the group is being confirmed after a restart");
        }
        if (known.leaving().containsKey(user)) {
            return beginning && departures.admits(user)
                    ? Verdict.SERVE
                    : new Verdict.Hold("the user is leaving the group");
        }
        if (source == null) {
            return known.isInHandover() ? new Verdict.Hold("the progress of the move is being read") : Verdict.SERVE;
        }
        if (source.admits(user, beginning)) {
            return Verdict.SERVE;
        }
        return source.hasLetGo(user)
                ? new Verdict.Elsewhere(known.move().orElseThrow().dest())
                : new Verdict.Hold("the user is being moved");
    }
}
