package org.pombal.model.balance;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.Backend;
import org.pombal.model.group.UserGroup;

/**
 * A group that is to be moved.
 *
 * @param load of the group
 * @param reason in words for an operator
 */
public record BalanceMove(UserGroup group, Backend from, Backend to, double load, String reason) {

    public BalanceMove {
        requireNonNull(group, "group is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(reason, "reason is null");
    }
}
