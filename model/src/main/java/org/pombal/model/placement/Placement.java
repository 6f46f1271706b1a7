package org.pombal.model.placement;

import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;

/** What became of the wish to place a new group. */
public sealed interface Placement {

    /** Why, in words for an operator. */
    String reason();

    /** The group goes to {@code backend}; {@code runnerUp} takes over if that is lost. */
    record Placed(GroupId groupId, Backend backend, Optional<Backend> runnerUp) implements Placement {

        public UserGroup group() {
            return UserGroup.placed(groupId, backend.id(), runnerUp.map(Backend::id));
        }

        @Override
        public String reason() {
            return "highest weighted rendezvous score of group " + groupId.name() + ": " + backend.host()
                    + " (load factor " + backend.loadFactor() + ")";
        }
    }

    /** No backend of the site is online with a load factor above 0. */
    record Nowhere(GroupId groupId, int backendsSeen) implements Placement {

        @Override
        public String reason() {
            return "none of the site's " + backendsSeen + " backends is online with a load factor above 0";
        }
    }
}
