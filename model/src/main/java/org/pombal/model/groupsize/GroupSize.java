package org.pombal.model.groupsize;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.pombal.model.group.UserGroup;

/** A group and how many users it has. */
public record GroupSize(UserGroup group, long users) {

    static final Comparator<GroupSize> BY_NAME =
            Comparator.comparing(size -> size.group().id().name());

    public GroupSize {
        requireNonNull(group, "group is null");
        if (users < 0) {
            throw new IllegalArgumentException("group " + group.id() + " has " + users + " users");
        }
    }

    /** Whether automation may take users out of it or put some in. No user goes into or out of a moving group (decision 0010). */
    public boolean isOpen() {
        return !group.stickyUsers() && !group.isMoving();
    }
}
