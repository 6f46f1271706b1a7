package org.pombal.geodb.connection;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Groups;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

/** Groups of the GeoDB once it is connected. */
record ConnectingGroups(ConnectingGeoDb geoDb) implements Groups {

    @Override
    public CompletionStage<Optional<UserGroup>> find(GroupId id, ReadLevel level) {
        return geoDb.ask(db -> db.groups().find(id, level));
    }

    @Override
    public CompletionStage<Optional<Instant>> changedAt(GroupId id) {
        return geoDb.ask(db -> db.groups().changedAt(id));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> createIfAbsent(UserGroup group) {
        return geoDb.ask(db -> db.groups().createIfAbsent(group));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> update(UserGroup next) {
        return geoDb.ask(db -> db.groups().update(next));
    }

    @Override
    public CompletionStage<Page<UserGroup>> list(SiteId site, Optional<PageToken> from, int pageSize) {
        return geoDb.ask(db -> db.groups().list(site, from, pageSize));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> retire(UserGroup group) {
        return geoDb.ask(db -> db.groups().retire(group));
    }
}
