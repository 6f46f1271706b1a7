package org.pombal.node.ownership;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** Places users and groups that GeoDB does not know, as at a first login. */
public interface UnknownPlaces {

    /** The group of this site in which the user is placed, or was, at the first login; empty while the site's groups are not known. */
    Optional<GroupId> usual(UserKey user);

    /**
     * Done when the user has a row; fails with words for the log if the user gets none.
     *
     * @param tag name of the tag that the sites must have on which the user is placed
     */
    CompletionStage<?> place(UserKey user, Optional<String> tag);

    /** Done when the group has a row; fails with words for the log if it gets none. */
    CompletionStage<?> place(GroupId group);
}
