package org.pombal.model.groupsize;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

/** Groups with so many users. */
final class Sizes {

    static final SiteId SITE = new SiteId(new UUID(1, 1));

    final List<GroupSize> groups = new ArrayList<>();

    static BackendId backend(int number) {
        return new BackendId(new UUID(2, number));
    }

    static GroupId id(int number) {
        return GroupId.numbered(SITE, number);
    }

    Sizes on(int backend, long... users) {
        for (long some : users) {
            groups.add(new GroupSize(group(backend, false, false), some));
        }
        return this;
    }

    Sizes sticky(int backend, long users) {
        groups.add(new GroupSize(group(backend, true, false), users));
        return this;
    }

    Sizes moving(int backend, long users) {
        groups.add(new GroupSize(group(backend, false, true), users));
        return this;
    }

    private UserGroup group(int backend, boolean sticky, boolean moving) {
        UserGroup placed = UserGroup.placed(id(groups.size() + 1), backend(backend), Optional.empty());
        return new UserGroup(
                placed.id(),
                placed.owner(),
                Optional.empty(),
                moving
                        ? Optional.of(GroupMove.proposed(
                                new MoveId(new UUID(3, 3)), backend(9), false, "test", Instant.EPOCH))
                        : Optional.empty(),
                placed.leaving(),
                1,
                false,
                sticky);
    }
}
