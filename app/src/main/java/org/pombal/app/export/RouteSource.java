package org.pombal.app.export;

import java.util.function.BiConsumer;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** Where routes come from. */
public interface RouteSource extends AutoCloseable {

    /** @throws IllegalStateException if the site is not there, naming it */
    RouteLines lines(String siteName, String fields);

    /** Hands over all users, one after another; few of them are in memory at a time. */
    void users(BiConsumer<UserKey, GroupId> each);

    @Override
    void close();
}
