package org.pombal.geodb;

import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** Something that nodes keep in memory has changed in GeoDB; they read it again. Never the new value itself. */
public sealed interface Change {

    /** A site or tag was added, changed or retired. */
    record SitesChanged() implements Change {}

    /** A backend of the site was added, changed or retired. */
    record BackendsChanged(SiteId site) implements Change {}

    /** The group's row was changed. */
    record GroupChanged(GroupId group) implements Change {}

    /** The user's row was changed. */
    record UserChanged(UserKey user) implements Change {}
}
