package org.pombal.node.ownership;

import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** The nodes of the site's other backends. */
@FunctionalInterface
public interface Neighbors {

    /** Tells that backend's node that a user of the group waits, here or at a proxy. Nothing tells whether it arrives. */
    void arrived(BackendId backend, GroupId group, UserKey user);

    /** Tells those who see to failovers that this backend has given its lease back; it is seen without that too, only later. */
    default void released(BackendId self) {}

    /** This backend has begun or ceased to serve. */
    default void trustChanged() {}
}
