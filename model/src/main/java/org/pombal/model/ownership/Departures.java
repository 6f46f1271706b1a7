package org.pombal.model.ownership;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/**
 * Carries out what the group's row says about users who leave it (decision 0010, "Move and deletion of a user"). As long as the row
 * names a user, the user is served by nobody, so each step may be repeated by whoever owns the group.
 */
final class Departures {

    private enum Stage {
        /** No login is let in any more; the session of one that was let in may begin, for a while. */
        CLOSING,
        ENDING,
        FLUSHING,
        READING,
        /** The row of the group is to be read again: the entry must still have stood when the user's row was read. */
        CONFIRMING,
        WRITING,
        /** The user's row is settled; the entry may go. */
        SETTLED
    }

    private static final class Leaver {
        private final MoveId departure;
        private final Ending ending;
        private final long closedAt;
        private Stage stage;
        private Optional<User> user = Optional.empty();
        private boolean asked;
        private long retryAt;
        private long confirmedBy;

        private Leaver(UserKey user, MoveId departure, Stage stage, long closedAt) {
            this.departure = departure;
            this.stage = stage;
            this.closedAt = closedAt;
            this.ending = new Ending(user);
        }
    }

    private final Surroundings around;
    private final Map<UserKey, Leaver> leavers = new HashMap<>();

    Departures(Surroundings around) {
        this.around = around;
    }

    /** @param rowRequests how many requests about the group's row have been sent */
    void onEvent(long now, UserGroup row, long rowRequests, GroupEvent event) {
        if (event instanceof GroupEvent.Flushed flushed) {
            answered(now, flushed.move(), flushed.user(), Stage.FLUSHING, flushed.succeeded(), Stage.READING);
        } else if (event instanceof GroupEvent.UserRead read) {
            Leaver leaver = leavers.get(read.user());
            if (leaver != null && leaver.departure.equals(read.move()) && leaver.stage == Stage.READING) {
                leaver.user = read.row();
                Stage next = afterReading(row, read);
                answered(now, read.move(), read.user(), Stage.READING, true, next);
                leaver.asked = next == Stage.CONFIRMING;
                leaver.confirmedBy = rowRequests + 1;
            }
        } else if (event instanceof GroupEvent.UserWritten written) {
            answered(now, written.move(), written.user(), Stage.WRITING, true, Stage.SETTLED);
        } else if (event instanceof GroupEvent.UserFailed failed) {
            answered(now, failed.move(), failed.user(), Stage.READING, false, Stage.READING);
            answered(now, failed.move(), failed.user(), Stage.WRITING, true, Stage.READING);
        }
    }

    private Stage afterReading(UserGroup row, GroupEvent.UserRead read) {
        // Somebody carried it out and could not say so: nothing is left but to remove the entry.
        if (User.hasLeft(row.id(), read.row())) {
            return Stage.SETTLED;
        }
        Departure departure = row.leaving().get(read.user());
        boolean stays = departure != null && departure.isStayIn(row.id());
        if (stays && !around.rules().writesWhoStays()) {
            return Stage.SETTLED;
        }
        return around.rules().confirmsDepartures() ? Stage.CONFIRMING : Stage.WRITING;
    }

    /** Whether the group's row has to be read for any of them. */
    boolean wantRow() {
        return leavers.values().stream().anyMatch(leaver -> leaver.stage == Stage.CONFIRMING);
    }

    /**
     * What is known of the group's row from now on was found by this request, counted from 1. Only who is in it still, and as before, is
     * gone on with.
     */
    void rowAnswered(long request) {
        for (Leaver leaver : leavers.values()) {
            if (leaver.stage == Stage.CONFIRMING && leaver.confirmedBy <= request) {
                leaver.stage = Stage.WRITING;
                leaver.asked = false;
            }
        }
    }

    private void answered(long now, MoveId departure, UserKey user, Stage at, boolean succeeded, Stage next) {
        Leaver leaver = leavers.get(user);
        if (leaver == null || !leaver.departure.equals(departure) || leaver.stage != at) {
            return;
        }
        leaver.asked = false;
        if (succeeded) {
            leaver.stage = next;
        } else {
            leaver.retryAt = now + around.timings().retry().toNanos();
        }
    }

    /** What is to be done next; the row without a user who has left, if there is one. */
    Optional<UserGroup> proceed(long now, UserGroup row, List<GroupAction> actions) {
        leavers.keySet().retainAll(row.leaving().keySet());
        Optional<UserKey> settled = Optional.empty();
        for (Map.Entry<UserKey, Departure> entry : row.leaving().entrySet()) {
            UserKey user = entry.getKey();
            MoveId departure = entry.getValue().id();
            Leaver leaver = leavers.compute(
                    user,
                    (key, known) -> known != null && known.departure.equals(departure)
                            ? known
                            : new Leaver(
                                    user,
                                    departure,
                                    first(row, entry.getValue()),
                                    now + around.timings().pending().toNanos()));
            proceed(now, user, entry.getValue(), leaver, actions);
            if (settled.isEmpty() && leaver.stage == Stage.SETTLED) {
                settled = Optional.of(user);
            }
        }
        return settled.map(user -> GroupSteps.departed(row, user));
    }

    /** Who stays keeps the sessions: if the user has left all the same, they had ended before that was written. */
    private static Stage first(UserGroup row, Departure departure) {
        return departure.isStayIn(row.id()) ? Stage.READING : Stage.CLOSING;
    }

    private void proceed(long now, UserKey user, Departure departure, Leaver leaver, List<GroupAction> actions) {
        if (leaver.stage == Stage.CLOSING
                && (now >= leaver.closedAt || !around.sessions().hasPendingLogin(user))) {
            leaver.stage = Stage.ENDING;
        }
        if (leaver.stage == Stage.ENDING
                && leaver.ending.proceed(now, around.sessions(), around.timings(), around.rules(), actions)) {
            leaver.stage = Stage.FLUSHING;
        }
        if (leaver.asked || now < leaver.retryAt) {
            return;
        }
        switch (leaver.stage) {
            case FLUSHING -> ask(leaver, new GroupAction.Flush(departure.id(), user), actions);
            case READING -> ask(leaver, new GroupAction.ReadUser(departure.id(), user), actions);
            case WRITING -> ask(leaver, new GroupAction.WriteUser(leaver.user.orElseThrow(), departure), actions);
            default -> {}
        }
    }

    private static void ask(Leaver leaver, GroupAction action, List<GroupAction> actions) {
        leaver.asked = true;
        actions.add(action);
    }

    /** Whether a session may begin whose login was let in before its user was to leave. */
    boolean admits(UserKey user) {
        Leaver leaver = leavers.get(user);
        return leaver != null
                && leaver.stage == Stage.CLOSING
                && around.sessions().hasPendingLogin(user);
    }

    /** What is settled waits for the row to be written, and wants no tick. */
    long nextTick() {
        long next = Long.MAX_VALUE;
        for (Leaver leaver : leavers.values()) {
            if (leaver.stage == Stage.CLOSING) {
                next = Math.min(next, leaver.closedAt);
            } else if (leaver.stage == Stage.ENDING) {
                next = Math.min(next, leaver.ending.nextTick());
            } else if (leaver.stage != Stage.SETTLED && !leaver.asked) {
                next = Math.min(next, leaver.retryAt);
            }
        }
        return next;
    }
}
