package org.pombal.geodb.connection;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Users;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/** Users of the GeoDB once it is connected. */
record ConnectingUsers(ConnectingGeoDb geoDb) implements Users {

    @Override
    public CompletionStage<Optional<User>> find(UserKey key, ReadLevel level) {
        return geoDb.ask(db -> db.users().find(key, level));
    }

    @Override
    public CompletionStage<Cas<User>> createIfAbsent(User user) {
        return geoDb.ask(db -> db.users().createIfAbsent(user));
    }

    @Override
    public CompletionStage<Page<User>> inGroup(GroupId group, Optional<PageToken> from, int pageSize) {
        return geoDb.ask(db -> db.users().inGroup(group, from, pageSize));
    }

    @Override
    public CompletionStage<Cas<User>> update(User user) {
        return geoDb.ask(db -> db.users().update(user));
    }

    @Override
    public CompletionStage<Cas<User>> retire(User user) {
        return geoDb.ask(db -> db.users().retire(user));
    }

    @Override
    public CompletionStage<Page<User>> list(Optional<PageToken> from, int pageSize) {
        return geoDb.ask(db -> db.users().list(from, pageSize));
    }

    @Override
    public CompletionStage<Page<User>> awayFrom(GroupId group, Optional<PageToken> from, int pageSize) {
        return geoDb.ask(db -> db.users().awayFrom(group, from, pageSize));
    }
}
