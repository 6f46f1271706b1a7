package org.pombal.model.routing;

import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;

/**
 * Which backend a proxy tries first, by what it remembers of the group's row. It may be old: the backend that is tried knows better,
 * and says where to go on. A proxy never changes an owner.
 */
public final class RoutingView {

    private RoutingView() {}

    /** In hand-over most users are the destination's already, and it asks the source about the others. */
    public static BackendId target(UserGroup row) {
        return row.move().filter(GroupMove::isHandover).map(GroupMove::dest).orElse(row.backend());
    }
}
