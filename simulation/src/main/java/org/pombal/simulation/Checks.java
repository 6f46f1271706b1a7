package org.pombal.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;

/** Cheap checks after each step: epochs and counters only grow, and nobody serially reads a row older than one that stood before. */
final class Checks {

    private final History history;
    private final Map<GroupId, UserGroup> rows = new HashMap<>();
    private final Map<LeaseId, Lease> leases = new HashMap<>();

    Checks(History history) {
        this.history = history;
    }

    /** A row is known to stand, or to have stood. */
    void rowStood(UserGroup row) {
        UserGroup before = rows.get(row.id());
        if (before == null || before.epoch() < row.epoch()) {
            rows.put(row.id(), row);
        } else if (before.epoch() == row.epoch() && !before.equals(row)) {
            history.violated("two rows of group " + row.id().name() + " have epoch " + row.epoch() + ": "
                    + Description.of(before) + " and " + Description.of(row));
        }
    }

    long epochStood(GroupId group) {
        UserGroup row = rows.get(group);
        return row == null ? 0 : row.epoch();
    }

    /** @param least the epoch that stood when the reading began */
    void read(Optional<UserGroup> row, long least) {
        row.ifPresent(read -> {
            if (read.epoch() < least) {
                history.violated("the row of group " + read.id().name() + " was read with epoch " + read.epoch()
                        + ", after epoch " + least + " stood");
            }
            rowStood(read);
        });
    }

    void leaseStood(Lease lease) {
        Lease before = leases.get(lease.id());
        if (before == null
                || lease.incarnation() > before.incarnation()
                || (lease.incarnation() == before.incarnation() && lease.counter() >= before.counter())) {
            leases.put(lease.id(), lease);
        }
    }

    Optional<UserGroup> lastRow(GroupId group) {
        return Optional.ofNullable(rows.get(group));
    }
}
