package org.pombal.model.groupsize;

import static java.util.Objects.requireNonNull;

import org.pombal.model.group.GroupId;

/** So many users of one group are to go to another. */
public record UserTransfer(GroupId from, GroupId to, long users) {

    public UserTransfer {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        if (users < 1 || from.equals(to)) {
            throw new IllegalArgumentException(users + " users from " + from + " to " + to);
        }
    }
}
