package org.pombal.node.peer;

import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.user.UserKey;
import org.pombal.node.failover.Failover;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.ownership.BackendSide;

/** What a backend's node does for its peers. From any thread. */
public interface Owner {

    /** A user of the group waits, at a peer, for what this backend does. */
    void arrived(GroupId group, UserKey user);

    /** Where the user is to be served; answered within the limits for holding. */
    CompletionStage<Arrival.Outcome> where(UserKey user, HoldLimits.Kind kind);

    /** That backend says that it has given its lease back. */
    void released(BackendId backend);

    static Owner of(BackendSide side, Failover failover) {
        return new Owner() {
            @Override
            public void arrived(GroupId group, UserKey user) {
                side.arrivedElsewhere(group, user);
            }

            @Override
            public void released(BackendId backend) {
                failover.released(backend);
            }

            @Override
            public CompletionStage<Arrival.Outcome> where(UserKey user, HoldLimits.Kind kind) {
                return side.arrive(new Arrival(user, new Arrival.Way.Lookup(kind), false));
            }
        };
    }
}
