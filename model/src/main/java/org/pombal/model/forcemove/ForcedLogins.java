package org.pombal.model.forcemove;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.pombal.model.group.GroupId;

/**
 * What a backend's door does with logins of users who are to be elsewhere (decision 0025). The departure is written into the row of the
 * user's group and the row read again; from then on the user is held, and then sent on, as any user who is moved. One departure of a
 * group is written after the other. Whoever cannot be moved in time is served, and moved at the next login. Times are nanoseconds of a clock that
 * never goes back. Not for use by several threads.
 */
public final class ForcedLogins {

    /** Of the time that a login may be held, it waits this part for its departure to be written: serving the user goes before moving. */
    public static final int PATIENCE = 5;

    /** While GeoDB does not answer, nobody waits for it in vain at each login. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    /** What came of a wish to move a user. */
    public enum Result {
        /** The group's row says so now; the group's owner does the rest, as for any user who is moved. */
        WRITTEN,
        /** Somebody else changed the group's row at the same time. */
        AGAIN,
        /** GeoDB did not say whether it is written. */
        UNANSWERED,
        /** The user cannot be moved now, and is served where the user is. */
        NOT_NOW
    }

    /** What the door does with somebody who may be served by his group. */
    public sealed interface Step {

        record Serve() implements Step {}

        /** It is being written, by this login or by another of the group. */
        record Wait() implements Step {}

        /** It is written: the group's row is to be read again. */
        record Look() implements Step {}

        /** Its departure is to be written; the login waits until {@link #answered}. */
        record Write(GroupId target) implements Step {}
    }

    private static final Step SERVE = new Step.Serve();
    private static final Step WAIT = new Step.Wait();
    private static final Step LOOK = new Step.Look();

    private enum Departing {
        /** It was not looked yet whether the user is to be elsewhere, or not with success. */
        NONE,
        ASKED,
        /** The group's row names the user. */
        WRITTEN,
        /** The user stays. */
        SETTLED
    }

    /** A login, until it is decided. */
    public static final class Login {

        private final long cameAt;
        private final long until;
        private Departing departing = Departing.NONE;
        private Optional<GroupId> target = Optional.empty();
        private long writtenAt = Long.MAX_VALUE;

        /**
         * @param cameAt when it came
         * @param until when it fails if it is still held
         */
        public Login(long cameAt, long until) {
            this.cameAt = cameAt;
            this.until = until;
        }

        private boolean hasWaited(long now) {
            return now - cameAt > (until - cameAt) / PATIENCE;
        }
    }

    private final ForceMoveRules rules;
    private final Set<GroupId> writing = new HashSet<>();
    private long pausedUntil = Long.MIN_VALUE;

    public ForcedLogins(ForceMoveRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
    }

    /**
     * What to do with a login whose user the group would serve.
     *
     * @param rowReadAt since when the group's row is known as it is
     * @param target where the user is to be; asked until it has said so once, since it may take long to choose
     */
    public Step before(long now, Login login, GroupId group, long rowReadAt, Supplier<Optional<GroupId>> target) {
        if (login.hasWaited(now)) {
            return SERVE;
        }
        return switch (login.departing) {
            case SETTLED -> SERVE;
            case ASKED -> rules.waitsForDeparture() ? WAIT : SERVE;
            // Read after it was written, the row says no more of it: somebody has carried it out and brought the user
            // back.
            case WRITTEN -> rowReadAt >= login.writtenAt ? SERVE : LOOK;
            case NONE -> first(now, login, group, target);
        };
    }

    private Step first(long now, Login login, GroupId group, Supplier<Optional<GroupId>> target) {
        login.target = login.target.or(() -> target.get().filter(to -> !to.equals(group)));
        if (login.target.isEmpty() || now < pausedUntil) {
            login.departing = Departing.SETTLED;
            return SERVE;
        }
        if (!writing.add(group)) {
            return rules.waitsForDeparture() ? WAIT : SERVE;
        }
        login.departing = Departing.ASKED;
        return new Step.Write(login.target.get());
    }

    /** What came of the {@link Step.Write} of a login. */
    public void answered(long now, Login login, GroupId group, Result result) {
        writing.remove(group);
        switch (result) {
            case WRITTEN -> {
                login.departing = Departing.WRITTEN;
                login.writtenAt = now;
            }
            case AGAIN -> {
                login.departing = Departing.NONE;
                login.target = Optional.empty();
            }
            case UNANSWERED -> {
                login.departing = Departing.SETTLED;
                pausedUntil = now + PAUSE.toNanos();
            }
            case NOT_NOW -> login.departing = Departing.SETTLED;
        }
    }
}
