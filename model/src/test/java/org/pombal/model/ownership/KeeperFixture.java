package org.pombal.model.ownership;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** One keeper of a group, of a backend that has to do with another. */
abstract class KeeperFixture {

    static final GroupId ID = GroupId.numbered(SiteId.random(), 1);
    static final BackendId SELF = BackendId.random();
    static final BackendId OTHER = BackendId.random();
    static final UserKey ANN = new UserKey("ann");
    static final UserKey BOB = new UserKey("bob");
    static final Lease OTHERS_LEASE = Lease.first(new LeaseId.OfBackend(OTHER), "other", new UUID(0, 2));

    /** All users are of the one group. */
    static final class Book implements Sessions {
        final Set<UserKey> sessions = new HashSet<>();
        final Set<UserKey> pending = new HashSet<>();
        boolean older;

        @Override
        public Set<UserKey> usersWithSession(GroupId group) {
            return sessions;
        }

        @Override
        public boolean hasSession(UserKey user) {
            return sessions.contains(user);
        }

        @Override
        public Set<UserKey> usersWithPendingLogin(GroupId group) {
            return pending;
        }

        @Override
        public boolean hasPendingLogin(UserKey user) {
            return pending.contains(user);
        }

        @Override
        public boolean hasOlderProcesses() {
            return older;
        }
    }

    final Book book = new Book();
    final GroupKeeper keeper = new GroupKeeper(
            ID, new Surroundings(SELF, book, new MoveLimiter(10), OwnershipTimings.DEFAULT, HandOverRules.PROTOCOL));
    long now = Duration.ofHours(1).toNanos();

    List<GroupAction> after(long milliseconds, GroupEvent event) {
        now += Duration.ofMillis(milliseconds).toNanos();
        return keeper.onEvent(now, event);
    }

    static UserGroup owned(BackendId backend, long incarnation) {
        return UserGroup.atRest(ID, new GroupOwner(backend, incarnation), Optional.empty(), 5, false, false);
    }

    static UserGroup proposed(UserGroup row, BackendId dest, boolean lazy) {
        return GroupSteps.proposed(
                row, GroupMove.proposed(new MoveId(new UUID(1, 1)), dest, lazy, "test", Instant.EPOCH));
    }

    void owns(UserGroup row, boolean resumed) {
        after(0, new GroupEvent.LeaseHeld(3, resumed));
        after(1, new GroupEvent.RowRead(Optional.of(row)));
    }

    static UserGroup written(List<GroupAction> actions) {
        return actions.stream()
                .filter(GroupAction.WriteRow.class::isInstance)
                .map(action -> ((GroupAction.WriteRow) action).next())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is written: " + actions));
    }

    MoveId move() {
        return keeper.row().flatMap(UserGroup::move).orElseThrow().id();
    }
}
