package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.pombal.geodb.GeoDb;
import org.pombal.model.group.GroupId;
import org.pombal.node.session.FlushHook;
import org.pombal.node.session.SessionEnds;

/**
 * What the drivers of all groups share.
 *
 * @param revokePending drops logins of a group that are not sessions yet
 * @param ends ends sessions of users
 * @param proofs proves that incarnations of other backends are over
 * @param history says in the log what becomes of groups and their users
 * @param changed is told when users of a group who wait are to be judged again
 * @param afterwards is run when a group has dealt with an event: another may wait for what it does not need any more
 */
record GroupSurroundings(
        OwnershipLoop loop,
        GeoDb geoDb,
        RequestLimit limit,
        Consumer<GroupId> revokePending,
        SessionEnds ends,
        FlushHook flush,
        Proofs proofs,
        MoveHistory history,
        Consumer<GroupId> changed,
        Runnable afterwards) {

    GroupSurroundings {
        requireNonNull(loop, "loop is null");
        requireNonNull(geoDb, "geoDb is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(revokePending, "revokePending is null");
        requireNonNull(ends, "ends is null");
        requireNonNull(flush, "flush is null");
        requireNonNull(proofs, "proofs is null");
        requireNonNull(history, "history is null");
        requireNonNull(changed, "changed is null");
        requireNonNull(afterwards, "afterwards is null");
    }
}
