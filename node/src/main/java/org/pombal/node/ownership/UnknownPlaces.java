package org.pombal.node.ownership;

import java.util.concurrent.CompletionStage;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** Places users and groups that GeoDB does not know, as at a first login. */
public interface UnknownPlaces {

    /** Done when the user has a row; fails with words for the log if the user gets none. */
    CompletionStage<?> place(UserKey user);

    /** Done when the group has a row; fails with words for the log if it gets none. */
    CompletionStage<?> place(GroupId group);
}
