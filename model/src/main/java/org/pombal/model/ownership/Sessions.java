package org.pombal.model.ownership;

import java.util.Set;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/**
 * The sessions of one backend, as its node counts them: from the moment it lets a session begin until its process is seen gone. The
 * machines of this package look at it, and are told when it changes.
 */
public interface Sessions {

    /** Users of the group that have at least one session. */
    Set<UserKey> usersWithSession(GroupId group);

    boolean hasSession(UserKey user);

    /** Users of the group who were let in and whose session has not begun yet. */
    Set<UserKey> usersWithPendingLogin(GroupId group);

    boolean hasPendingLogin(UserKey user);

    /** Whether there are processes from before this node's process began, of which it does not know the user. */
    boolean hasOlderProcesses();
}
