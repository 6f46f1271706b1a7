package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.user.UserKey;

/**
 * Finds out, question by question, whether a backend serves a user: whose group it is, what the group's row says, and whether the user
 * still was in the group when that row was read. The last answer and the counting of the session must be one step, with no other event
 * of this backend between them.
 */
public final class Doorkeeper {

    /** What to do next. */
    public sealed interface Step {

        /**
         * Read the user's row at the serial level, tell {@link UserHomes#remember}, and ask again.
         *
         * @param known the group's row, whose epoch is to be remembered with it; empty if none is known yet
         */
        record ReadUser(Optional<UserGroup> known) implements Step {}

        /** Tell the group's keeper to {@link GroupEvent.Look}, and ask again when it has. */
        record Look(GroupId group) implements Step {}

        record Decided(GroupId group, Verdict verdict) implements Step {}
    }

    private final UserHomes homes;
    private final Function<GroupId, GroupKeeper> keepers;
    private final Function<UserKey, Optional<UserGroup>> likely;
    private final OwnershipTimings timings;

    /**
     * @param likely the row, as far as it is known, of the group in which a user is whom nobody has moved. A hint: it saves a second reading
     *     of the user's row where it is right, and costs nothing where it is not.
     */
    public Doorkeeper(
            UserHomes homes,
            Function<GroupId, GroupKeeper> keepers,
            Function<UserKey, Optional<UserGroup>> likely,
            OwnershipTimings timings) {
        this.homes = requireNonNull(homes, "homes is null");
        this.keepers = requireNonNull(keepers, "keepers is null");
        this.likely = requireNonNull(likely, "likely is null");
        this.timings = requireNonNull(timings, "timings is null");
    }

    /**
     * @param now nanoseconds of the boot clock
     * @param trusted whether the lease is trusted at this moment
     * @param beginning whether a session begins for a login that was let in before
     */
    public Step judge(long now, UserKey user, boolean trusted, boolean beginning) {
        Optional<GroupId> home = homes.lastKnown(user);
        if (home.isEmpty()) {
            return new Step.ReadUser(likely.apply(user));
        }
        GroupId group = home.get();
        GroupKeeper keeper = keepers.apply(group);
        Optional<UserGroup> row = keeper.row();
        if (row.isEmpty() || isOld(now, keeper)) {
            return new Step.Look(group);
        }
        boolean stands =
                homes.stands(user, group, keeper.nobodyLeftSince(), row.get().epoch());
        if (!stands || isHintTooOld(now, keeper, user)) {
            return new Step.ReadUser(row);
        }
        return new Step.Decided(
                group, trusted ? keeper.judge(user, beginning) : new Verdict.Hold("the lease is not trusted"));
    }

    /** The same of a user who is sent there: two backends that are wrong about one would otherwise send him to and fro for ever. */
    private boolean isHintTooOld(long now, GroupKeeper keeper, UserKey user) {
        return !keeper.isSure()
                && now - homes.readAt(user) >= timings.renewEvery().toNanos();
    }

    /** What is remembered of other backends' groups is a hint, and sending users by it goes on for so long only. */
    private boolean isOld(long now, GroupKeeper keeper) {
        return !keeper.isSure()
                && now - keeper.rowReadAt() >= timings.renewEvery().toNanos();
    }
}
