package org.pombal.model.ownership;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/**
 * What a backend remembers of its users' groups (decision 0026). Whoever leaves a group does so through its owner, and by two changes of
 * the group's row. So a memory counts from the epoch that was known <em>before</em> the user's row was read, for as long as every
 * change of the group's row was seen and nobody left by any.
 */
public final class UserHomes {

    /** Epochs begin at 1. */
    private static final long UNKNOWN = 0;

    private record Home(GroupId group, long epoch, long readAt) {}

    private final HandOverRules rules;
    private final Map<UserKey, Home> homes;

    /** @param most how many users are remembered; the ones that were not seen for longest are forgotten */
    public UserHomes(int most, HandOverRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
        this.homes = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UserKey, Home> eldest) {
                return size() > most;
            }
        };
    }

    /** The user's group as it was read last, whether it counts or not: whose row has to be known before the user's is read. */
    public Optional<GroupId> lastKnown(UserKey user) {
        return Optional.ofNullable(homes.get(user)).map(Home::group);
    }

    /**
     * Whether what is remembered counts.
     *
     * @param nobodyLeftSince the earliest epoch of the group's row from which on nobody is known to have left it
     * @param epoch of the group's row now
     */
    public boolean stands(UserKey user, GroupId group, long nobodyLeftSince, long epoch) {
        Home home = homes.get(user);
        return home != null && home.group().equals(group) && rules.homeStands(home.epoch(), nobodyLeftSince, epoch);
    }

    /** When the user's row had been read, nanoseconds of the boot clock; {@link Long#MIN_VALUE} if it is not known. */
    public long readAt(UserKey user) {
        Home home = homes.get(user);
        return home == null ? Long.MIN_VALUE : home.readAt();
    }

    /**
     * The user's row was read at the serial level.
     *
     * @param now nanoseconds of the boot clock
     * @param knownBefore the row of a group, as it was known before the reading began; says nothing if the user turns out to be in
     *     another group, whose epochs are others
     */
    public void remember(long now, UserKey user, GroupId group, Optional<UserGroup> knownBefore) {
        long epoch = knownBefore
                .filter(row -> row.id().equals(group))
                .map(UserGroup::epoch)
                .orElse(UNKNOWN);
        homes.put(user, new Home(group, epoch, now));
    }

    public void forget(UserKey user) {
        homes.remove(user);
    }

    /** Nothing that was read counts any more. */
    public void forgetAll() {
        homes.clear();
    }
}
