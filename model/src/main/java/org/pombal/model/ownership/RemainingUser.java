package org.pombal.model.ownership;

import java.util.List;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.user.UserKey;

/** One user who had a session when the hand-over began, on the way to the destination. Nothing is done before the step before it is. */
final class RemainingUser {

    enum Stage {
        /** Is served here. */
        STAYS,
        /** No login is let in any more; the session of one that was let in may begin, for a while. */
        CLOSING,
        /** No session may begin; those there are end. */
        ENDING,
        FLUSHING,
        /** From here on the user is never served here again. */
        WRITING,
        DONE
    }

    private final UserKey user;
    private final GroupId group;
    private final MoveId move;
    private final Surroundings around;
    private final Ending ending;
    private Stage stage;
    private boolean asked;
    private boolean counted;
    private long began;
    private long closedAt;
    private long retryAt;

    RemainingUser(UserKey user, GroupId group, MoveId move, Stage stage, Surroundings around) {
        this.user = user;
        this.group = group;
        this.move = move;
        this.stage = stage;
        this.around = around;
        this.ending = new Ending(user);
    }

    Stage stage() {
        return stage;
    }

    /** Ends the stay, if the limit of parallel moves allows. */
    void leave(long now) {
        if (stage == Stage.STAYS && around.limiter().begin(now, group)) {
            counted = true;
            began = now;
            closedAt = now + around.timings().pending().toNanos();
            stage = Stage.CLOSING;
        }
    }

    /** @param late whether it is a session, of a login that was let in before */
    boolean admits(boolean late) {
        return stage == Stage.STAYS || (stage == Stage.CLOSING && late);
    }

    void flushed(long now, boolean succeeded) {
        if (stage == Stage.FLUSHING) {
            answered(now, succeeded, Stage.WRITING);
        }
    }

    void written(long now, boolean succeeded) {
        if (stage == Stage.WRITING) {
            answered(now, succeeded, Stage.DONE);
        }
    }

    private void answered(long now, boolean succeeded, Stage next) {
        asked = false;
        if (succeeded) {
            stage = next;
        } else {
            retryAt = now + around.timings().retry().toNanos();
        }
        if (stage == Stage.DONE && counted) {
            counted = false;
            around.limiter().end(now, began);
        }
    }

    /** Gives its place among the parallel moves back, if it still has one. */
    void stop() {
        if (counted) {
            counted = false;
            around.limiter().giveBack();
        }
    }

    void proceed(long now, List<GroupAction> actions) {
        if (stage == Stage.CLOSING && (now >= closedAt || !around.sessions().hasPendingLogin(user))) {
            stage = Stage.ENDING;
        }
        if (stage == Stage.ENDING
                && ending.proceed(now, around.sessions(), around.timings(), around.rules(), actions)) {
            stage = Stage.FLUSHING;
        }
        if (asked || now < retryAt) {
            return;
        }
        if (stage == Stage.FLUSHING) {
            asked = true;
            actions.add(new GroupAction.Flush(move, user));
        } else if (stage == Stage.WRITING) {
            asked = true;
            actions.add(new GroupAction.WriteDone(move, user));
        }
    }

    long nextTick() {
        return switch (stage) {
            case STAYS, DONE -> Long.MAX_VALUE;
            case CLOSING -> closedAt;
            case ENDING -> ending.nextTick();
            case FLUSHING, WRITING -> asked ? Long.MAX_VALUE : retryAt;
        };
    }
}
