package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Users;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.User;
import org.pombal.model.user.UserKey;

/**
 * Users, in {@code users} at SERIAL. Their names are in {@code users_by_group} before the users themselves are. A name
 * whose user turned out to be elsewhere (another proxy placed him first) stays there, and listings pass over it: taking
 * it out could, with clocks that differ, also take out the one that a later move writes.
 */
final class CassandraUsers implements Users {

    private final Cql cql;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectNames;
    private final PreparedStatement insertName;
    private final PreparedStatement insert;

    private final PreparedStatement replace;
    private final Announcing announcing;

    CassandraUsers(Cql cql, Announcing announcing) {
        this.cql = cql;
        this.announcing = announcing;
        String select = """
                SELECT username, home_site_id, home_group, failover_site_id, failover_group, version, retired
                FROM users WHERE username = ?
                """;
        this.select = cql.read(select);
        this.selectSerially = cql.read(select, SERIAL);
        this.selectNames = cql.read("""
                SELECT username FROM users_by_group
                WHERE site_id = ? AND group_name = ? AND bucket = ? AND username > ? LIMIT ?
                """);
        this.insertName =
                cql.write("INSERT INTO users_by_group (site_id, group_name, bucket, username) VALUES (?, ?, ?, ?)");
        this.insert = cql.compareAndSet("""
                INSERT INTO users (username, home_site_id, home_group, version, failover_site_id, failover_group)
                VALUES (?, ?, ?, ?, ?, ?)
                IF NOT EXISTS
                """, SERIAL);
        this.replace = cql.compareAndSet("""
                UPDATE users SET home_site_id = ?, home_group = ?, failover_site_id = ?, failover_group = ?, version = ?
                WHERE username = ?
                IF version = ?
                """, SERIAL);
    }

    @Override
    public CompletionStage<Optional<User>> find(UserKey key, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return cql.one(
                        "reading user " + key,
                        statement.bind(key.value()),
                        row -> row.getBoolean("retired") ? Optional.<User>empty() : Optional.of(user(row)))
                .thenApply(found -> found.flatMap(user -> user));
    }

    @Override
    public CompletionStage<Cas<User>> createIfAbsent(User user) {
        String what = "adding user " + user.key();
        return cql.write(what, indexEntry(user))
                .thenCompose(written -> cql.compareAndSet(what, insertion(user)))
                .thenApply(reply -> FirstWriter.outcome(user, reply.existing().map(CassandraUsers::user)));
    }

    @Override
    public CompletionStage<Cas<User>> update(User user) {
        String what = "updating user " + user.key();
        User next = user.atVersion(user.version() + 1);
        CompletionStage<Cas<User>> updated = cql.write(what, indexEntry(next))
                .thenCompose(written -> cql.compareAndSet(what, replacement(next)))
                .thenCompose(reply -> VersionedUpdate.settle(
                        what, reply, next, User::version, () -> find(next.key(), ReadLevel.SERIAL)));
        return announcing.after(updated, new Change.UserChanged(user.key()));
    }

    private BoundStatement replacement(User next) {
        return replace.bind(
                next.home().site().value(),
                next.home().name(),
                next.failover().map(group -> group.site().value()).orElse(null),
                next.failover().map(GroupId::name).orElse(null),
                next.version(),
                next.key().value(),
                next.version() - 1);
    }

    @Override
    public CompletionStage<Page<User>> inGroup(GroupId group, Optional<PageToken> from, int pageSize) {
        String what = "listing users of group " + group;
        return BucketedNames.page(
                        from,
                        pageSize,
                        (bucket, after, limit) -> cql.all(
                                what,
                                selectNames.bind(group.site().value(), group.name(), bucket, after, limit),
                                row -> Columns.text(row, "username")))
                .thenCompose(page -> Fanout.ask(page.names(), name -> atHome(new UserKey(name), group))
                        .thenApply(users -> new Page<>(users, page.next())));
    }

    private CompletionStage<Optional<User>> atHome(UserKey key, GroupId group) {
        return find(key, ReadLevel.QUORUM)
                .thenApply(found -> found.filter(user -> user.home().equals(group)));
    }

    private BoundStatement indexEntry(User user) {
        String name = user.key().value();
        return insertName.bind(user.home().site().value(), user.home().name(), BucketedNames.bucketOf(name), name);
    }

    /** Without a failover group, its columns stay unset: a null would be written as a tombstone. */
    private BoundStatement insertion(User user) {
        String name = user.key().value();
        UUID site = user.home().site().value();
        String group = user.home().name();
        return user.failover()
                .map(failover -> insert.bind(
                        name, site, group, user.version(), failover.site().value(), failover.name()))
                .orElseGet(() -> insert.bind(name, site, group, user.version()));
    }

    private static User user(Row row) {
        Optional<GroupId> failover = Columns.optionalUuid(row, "failover_site_id")
                .map(site -> new GroupId(new SiteId(site), Columns.text(row, "failover_group")));
        return new User(
                new UserKey(Columns.text(row, "username")),
                new GroupId(new SiteId(Columns.uuid(row, "home_site_id")), Columns.text(row, "home_group")),
                failover,
                row.getLong("version"));
    }
}
