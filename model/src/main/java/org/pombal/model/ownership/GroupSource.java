package org.pombal.model.ownership;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.ownership.RemainingUser.Stage;
import org.pombal.model.user.UserKey;

/**
 * The owner's side of one move of a group (decision 0010, "Move of a group"): gate, remaining users, hand-over, each user's departure,
 * commit or taking back. Lives as long as the move does, and is asked by {@link GroupKeeper}, which writes the row.
 */
final class GroupSource {

    private enum Step {
        /** Everybody is served; the destination is looked at. */
        ASKING,
        /** Only those come in who have a session; logins that are not sessions yet may become some. */
        GATE,
        /** The remaining users are written down; only they come in. */
        WRITING,
        /** The hand-over is issued, and nobody knows yet whether it is applied. */
        ISSUED,
        /** The hand-over is applied, by a process before this one; its progress is being read. */
        RESUMING,
        HANDING_OVER,
        COMMITTING,
        TAKING_BACK
    }

    private static final long LOOK_AT_DESTINATION = Duration.ofSeconds(1).toNanos();
    private static final long LOOK_FOR_LATE_ROWS = Duration.ofSeconds(5).toNanos();

    private final Surroundings around;
    /** In their own order, so that the same events always have the same actions, in whatever order GeoDB told the users. */
    private final SortedMap<UserKey, RemainingUser> users = new TreeMap<>();

    private final Set<UserKey> whenSeen;

    private UserGroup row;
    private GroupMove move;
    private Step step;
    private long stepBegan;
    private long destIncarnation;
    private boolean asking;
    private boolean reading;
    private boolean looked;
    private boolean destinationHolds;
    private boolean destinationOver;
    private boolean proving;
    private long nextQuestion;
    private long nextReading;
    private long retryAt;

    GroupSource(long now, UserGroup row, Surroundings around) {
        this.around = around;
        this.row = row;
        this.move = row.move().orElseThrow();
        this.step = move.isHandover() ? Step.RESUMING : Step.ASKING;
        this.destIncarnation = move.destIncarnation();
        this.stepBegan = now;
        this.nextQuestion = now;
        this.nextReading = now;
        this.whenSeen = Set.copyOf(around.sessions().usersWithSession(row.id()));
    }

    MoveId move() {
        return move.id();
    }

    boolean isOf(UserGroup other) {
        return other.move().filter(its -> its.id().equals(move.id())).isPresent();
    }

    /** The row has changed and the move goes on. */
    void row(long now, UserGroup next) {
        row = next;
        move = next.move().orElseThrow();
        if (!move.isHandover()) {
            return;
        }
        if (move.destIncarnation() != destIncarnation) {
            destIncarnation = move.destIncarnation();
            destinationOver = false;
            proving = false;
        }
        if (step != Step.HANDING_OVER && step != Step.RESUMING) {
            enter(now, Step.HANDING_OVER);
        }
    }

    /** What was to be written never will be: if it was the hand-over, the gate is opened again. */
    void reopen(long now) {
        if (step.compareTo(Step.ISSUED) <= 0) {
            users.clear();
            enter(now, Step.ASKING);
        }
    }

    private void enter(long now, Step next) {
        step = next;
        stepBegan = now;
        nextQuestion = now;
    }

    /** @param beginning whether a session begins for a login that was let in before */
    boolean admits(UserKey user, boolean beginning) {
        return switch (step) {
            case ASKING -> true;
            case GATE ->
                around.sessions().hasSession(user)
                        || (beginning && around.sessions().hasPendingLogin(user));
            case RESUMING -> false;
            default ->
                users.containsKey(user)
                        && users.get(user).admits(beginning && around.sessions().hasPendingLogin(user));
        };
    }

    /** Whether the user is for the destination, for good. */
    boolean hasLetGo(UserKey user) {
        return step.compareTo(Step.HANDING_OVER) >= 0
                && (!users.containsKey(user) || users.get(user).stage() == Stage.DONE);
    }

    /** Whether the move may still be withdrawn by the owner. */
    boolean isBeforeHandOver() {
        return step.compareTo(Step.ISSUED) < 0;
    }

    /** The move is over, or is not ours any more. */
    void stop() {
        users.values().forEach(RemainingUser::stop);
        around.limiter().leave(row.id());
    }

    void onEvent(long now, GroupEvent event) {
        if (event instanceof GroupEvent.DestinationLease answer && isThis(answer.move())) {
            asking = false;
            nextQuestion = now + LOOK_AT_DESTINATION;
            destinationSeen(now, answer.lease());
        } else if (event instanceof GroupEvent.DestinationLeaseFailed failed && isThis(failed.move())) {
            asking = false;
            looked = false;
            nextQuestion = now + around.timings().retry().toNanos();
        } else if (event instanceof GroupEvent.Over over && over.backend().equals(move.dest())) {
            destinationOver |= over.incarnation() >= destIncarnation;
        } else if (event instanceof GroupEvent.RemainingWritten written
                && isThis(written.move())
                && step == Step.WRITING) {
            asking = false;
            if (written.succeeded()) {
                enter(now, Step.ISSUED);
            } else {
                retryAt = now + around.timings().retry().toNanos();
            }
        } else if (event instanceof GroupEvent.ProgressRead read && isThis(read.move())) {
            reading = false;
            progress(now, read);
        } else if (event instanceof GroupEvent.ProgressFailed failed && isThis(failed.move())) {
            reading = false;
            nextReading = now + around.timings().retry().toNanos();
        } else if (event instanceof GroupEvent.Flushed flushed
                && isThis(flushed.move())
                && users.containsKey(flushed.user())) {
            users.get(flushed.user()).flushed(now, flushed.succeeded());
        } else if (event instanceof GroupEvent.DoneWritten written
                && isThis(written.move())
                && users.containsKey(written.user())) {
            users.get(written.user()).written(now, written.succeeded());
        } else if (event instanceof GroupEvent.Arrived arrived
                && step == Step.HANDING_OVER
                && users.containsKey(arrived.user())) {
            users.get(arrived.user()).leave(now);
        }
    }

    private boolean isThis(MoveId other) {
        return other.equals(move.id());
    }

    private void destinationSeen(long now, Optional<Lease> lease) {
        looked = true;
        destinationHolds = lease.filter(Lease::isHeld).isPresent();
        if (step == Step.ASKING && destinationHolds) {
            destIncarnation = lease.orElseThrow().incarnation();
            enter(now, Step.GATE);
        }
    }

    private void progress(long now, GroupEvent.ProgressRead read) {
        nextReading = now + LOOK_FOR_LATE_ROWS;
        Sessions sessions = around.sessions();
        for (UserKey user : read.remaining()) {
            if (users.containsKey(user)) {
                continue;
            }
            // Rows that came late belong to nobody who has a session here: the hand-over would not have been issued
            // without them.
            boolean stays = step == Step.RESUMING && around.rules().staysAfterRestart(sessions.hasSession(user));
            Stage stage = read.done().contains(user) ? Stage.DONE : stays ? Stage.STAYS : Stage.ENDING;
            users.put(user, new RemainingUser(user, row.id(), move.id(), stage, around));
        }
        if (step == Step.RESUMING) {
            enter(now, Step.HANDING_OVER);
        }
    }

    /** What is to be done next; the row after it, if it is to be written. */
    Optional<UserGroup> proceed(long now, List<GroupAction> actions) {
        return switch (step) {
            case ASKING -> prepare(now, actions);
            case GATE -> closeGate(now, actions);
            case WRITING -> {
                writeRemaining(now, actions);
                yield Optional.empty();
            }
            case ISSUED -> Optional.of(GroupSteps.handedOver(row, destIncarnation));
            case RESUMING -> {
                readProgress(now, actions);
                yield Optional.empty();
            }
            case HANDING_OVER -> handOver(now, actions);
            case COMMITTING -> Optional.of(GroupSteps.committed(row, newFailover()));
            case TAKING_BACK -> Optional.of(GroupSteps.takenBack(row));
        };
    }

    private Optional<BackendId> newFailover() {
        return row.failover().filter(chosen -> !chosen.equals(move.dest())).or(() -> Optional.of(row.backend()));
    }

    private Optional<UserGroup> prepare(long now, List<GroupAction> actions) {
        // Nobody knows whose the older processes are, so they would have to count as everybody's.
        if (around.sessions().hasOlderProcesses()) {
            if (now >= retryAt && !move.lazy()) {
                retryAt = now + around.timings().kick().toNanos();
                actions.add(new GroupAction.EndOlderProcesses());
            }
            return Optional.empty();
        }
        if (isInVain()) {
            return Optional.of(GroupSteps.withdrawn(row));
        }
        askDestination(now, actions);
        return Optional.empty();
    }

    /** Whether the destination was seen to hold no lease, so that the move is to be withdrawn. */
    private boolean isInVain() {
        return !asking && looked && !destinationHolds;
    }

    private Optional<UserGroup> closeGate(long now, List<GroupAction> actions) {
        Sessions sessions = around.sessions();
        if (now < stepBegan + around.timings().pending().toNanos()
                && !sessions.usersWithPendingLogin(row.id()).isEmpty()) {
            return Optional.empty();
        }
        actions.add(new GroupAction.RevokePending());
        Set<UserKey> remaining = around.rules().remaining(sessions.usersWithSession(row.id()), whenSeen);
        for (UserKey user : remaining) {
            users.put(user, new RemainingUser(user, row.id(), move.id(), Stage.STAYS, around));
        }
        enter(now, remaining.isEmpty() ? Step.ISSUED : Step.WRITING);
        return proceed(now, actions);
    }

    private void writeRemaining(long now, List<GroupAction> actions) {
        if (!asking && now >= retryAt) {
            asking = true;
            actions.add(new GroupAction.WriteRemaining(move.id(), new HashSet<>(users.keySet())));
        }
    }

    private void readProgress(long now, List<GroupAction> actions) {
        if (!reading && now >= nextReading) {
            reading = true;
            actions.add(new GroupAction.ReadProgress(move.id()));
        }
    }

    private void askDestination(long now, List<GroupAction> actions) {
        if (!asking && now >= nextQuestion) {
            asking = true;
            actions.add(new GroupAction.ReadLease(move.id(), move.dest()));
        }
    }

    private Optional<UserGroup> handOver(long now, List<GroupAction> actions) {
        readProgress(now, actions);
        askDestination(now, actions);
        boolean allDone = true;
        boolean waits = false;
        for (Map.Entry<UserKey, RemainingUser> entry : users.entrySet()) {
            RemainingUser user = entry.getValue();
            if (user.stage() == Stage.STAYS
                    && (!move.lazy() || !around.sessions().hasSession(entry.getKey()))) {
                user.leave(now);
                waits |= user.stage() == Stage.STAYS;
            }
            user.proceed(now, actions);
            allDone &= user.stage() == Stage.DONE;
        }
        if (!waits) {
            around.limiter().leave(row.id());
        }
        return end(now, allDone, actions);
    }

    private Optional<UserGroup> end(long now, boolean allDone, List<GroupAction> actions) {
        boolean stuck = destinationOver
                || now - stepBegan >= around.timings().loginHold().toNanos() / 2;
        if (stuck && around.rules().mayTakeBack(destinationOver)) {
            enter(now, Step.TAKING_BACK);
            return Optional.of(GroupSteps.takenBack(row));
        }
        boolean sessionLeft = around.sessions().hasOlderProcesses()
                || !around.sessions().usersWithSession(row.id()).isEmpty();
        if (looked && destinationHolds && around.rules().mayCommit(allDone, sessionLeft)) {
            enter(now, Step.COMMITTING);
            return Optional.of(GroupSteps.committed(row, newFailover()));
        }
        if (looked && !destinationHolds && !proving) {
            proving = true;
            actions.add(new GroupAction.ProveOver(move.dest(), destIncarnation));
        }
        return Optional.empty();
    }

    long nextTick() {
        long question = asking ? Long.MAX_VALUE : nextQuestion;
        return switch (step) {
            case ASKING -> nextTickWhileAsking(question);
            case GATE -> stepBegan + around.timings().pending().toNanos();
            case WRITING -> asking ? Long.MAX_VALUE : retryAt;
            case ISSUED, COMMITTING, TAKING_BACK -> Long.MAX_VALUE;
            case RESUMING -> reading ? Long.MAX_VALUE : nextReading;
            case HANDING_OVER ->
                Math.min(question, Math.min(reading ? Long.MAX_VALUE : nextReading, nextTickOfUsers()));
        };
    }

    private long nextTickWhileAsking(long question) {
        if (around.sessions().hasOlderProcesses()) {
            return move.lazy() ? Long.MAX_VALUE : retryAt;
        }
        return isInVain() ? Long.MAX_VALUE : question;
    }

    private long nextTickOfUsers() {
        long next = around.limiter().retryAt(row.id());
        for (RemainingUser user : users.values()) {
            next = Math.min(next, user.nextTick());
        }
        return next;
    }
}
