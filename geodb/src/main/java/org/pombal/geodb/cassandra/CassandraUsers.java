package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Users;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/**
 * Users, in {@code users} at SERIAL. Their names are in {@code users_by_group} before the users themselves are. A name
 * whose user turned out to be elsewhere (another proxy placed him first) stays there, and listings pass over it: taking
 * it out could, with clocks that differ, also take out the one that a later move writes.
 */
final class CassandraUsers implements Users {

    private final Cql cql;
    private final Announcing announcing;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectNames;
    private final PreparedStatement insertName;
    private final PreparedStatement insert;
    private final PreparedStatement replace;
    private final PreparedStatement retire;
    private final PreparedStatement selectFrom;

    CassandraUsers(Cql cql, Announcing announcing) {
        this.cql = cql;
        this.announcing = announcing;
        String select = """
                SELECT username, home_site_id, home_group, failover_site_id, failover_group,
                    origin_site_id, origin_group, home_term, version, retired
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
                UPDATE users SET home_site_id = ?, home_group = ?, failover_site_id = ?, failover_group = ?,
                    origin_site_id = ?, origin_group = ?, home_term = ?, version = ?, retired = false
                WHERE username = ?
                IF version = ?
                """, SERIAL);
        this.retire = cql.compareAndSet(
                "UPDATE users SET retired = true, version = ? WHERE username = ? IF version = ?", SERIAL);
        this.selectFrom = cql.read("""
                SELECT username, home_site_id, home_group, failover_site_id, failover_group,
                    origin_site_id, origin_group, home_term, version, retired,
                    token(username) AS position
                FROM users WHERE token(username) >= ? LIMIT ?
                """);
    }

    /** A row as it stands in the table. */
    private record Stored(User user, boolean retired) {

        static Stored of(Row row) {
            return new Stored(CassandraUsers.user(row), row.getBoolean("retired"));
        }

        long version() {
            return user.version();
        }
    }

    @Override
    public CompletionStage<Optional<User>> find(UserKey key, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return read("reading user " + key, statement, key).thenApply(CassandraUsers::present);
    }

    private CompletionStage<Optional<Stored>> read(String what, PreparedStatement statement, UserKey key) {
        return cql.one(what, statement.bind(key.value()), Stored::of);
    }

    private static Optional<User> present(Optional<Stored> stored) {
        return stored.filter(row -> !row.retired()).map(Stored::user);
    }

    @Override
    public CompletionStage<Cas<User>> createIfAbsent(User user) {
        String what = "adding user " + user.key();
        return cql.write(what, indexEntry(user))
                .thenCompose(written -> cql.compareAndSet(what, insertion(user)))
                .thenCompose(reply -> {
                    Optional<Stored> existing = reply.existing().map(Stored::of);
                    return existing.isPresent() && existing.get().retired()
                            ? replace(what, user.atVersion(existing.get().version() + 1))
                            : completedFuture(FirstWriter.outcome(user, existing.map(Stored::user)));
                });
    }

    @Override
    public CompletionStage<Cas<User>> update(User user) {
        String what = "updating user " + user.key();
        return read(what, selectSerially, user.key()).thenCompose(standing -> {
            // A retired row has a version too, and an update decided before it was retired must not bring it back.
            if (present(standing).filter(row -> row.version() == user.version()).isEmpty()) {
                return completedFuture(new Cas.Lost<>(present(standing)));
            }
            return cql.write(what, indexEntry(user))
                    .thenCompose(written -> replace(what, user.atVersion(user.version() + 1)));
        });
    }

    private CompletionStage<Cas<User>> replace(String what, User next) {
        CompletionStage<Cas<User>> replaced = cql.compareAndSet(
                        what,
                        replace.bind(
                                next.home().site().value(),
                                next.home().name(),
                                next.failover()
                                        .map(group -> group.site().value())
                                        .orElse(null),
                                next.failover().map(GroupId::name).orElse(null),
                                next.origin().map(group -> group.site().value()).orElse(null),
                                next.origin().map(GroupId::name).orElse(null),
                                next.homeTerm(),
                                next.version(),
                                next.key().value(),
                                next.version() - 1))
                .thenCompose(reply -> settle(what, reply, new Stored(next, false)));
        return announcing.after(replaced, new Change.UserChanged(next.key()));
    }

    private CompletionStage<Cas<User>> settle(String what, CasReply reply, Stored next) {
        return VersionedUpdate.settle(
                        what,
                        reply,
                        next,
                        Stored::version,
                        () -> read(what, selectSerially, next.user().key()))
                .thenApply(outcome -> outcome instanceof Cas.Lost<Stored> lost
                        ? new Cas.Lost<>(present(lost.current()))
                        : new Cas.Applied<>(next.user()));
    }

    @Override
    public CompletionStage<Cas<User>> retire(User user) {
        String what = "retiring user " + user.key();
        User next = user.atVersion(user.version() + 1);
        CompletionStage<Cas<User>> retired = cql.compareAndSet(
                        what, retire.bind(next.version(), user.key().value(), user.version()))
                .thenCompose(reply -> settle(what, reply, new Stored(next, true)));
        return announcing.after(retired, new Change.UserChanged(user.key()));
    }

    @Override
    public CompletionStage<Page<User>> list(Optional<PageToken> from, int pageSize) {
        BucketedNames.requireSize(pageSize);
        Optional<UserPosition> start = from.map(UserPosition::parse);
        return cql.all(
                        "listing users",
                        // One more than fits: the first one may be the last of the page before.
                        selectFrom.bind(start.map(UserPosition::token).orElse(Long.MIN_VALUE), pageSize + 1),
                        row -> new Positioned(
                                Stored.of(row),
                                new UserPosition(row.getLong("position"), Columns.text(row, "username"))))
                .thenApply(rows -> new Page<>(
                        rows.stream()
                                .filter(row -> start.isEmpty() || row.at().isAfter(start.get()))
                                .map(Positioned::stored)
                                .filter(stored -> !stored.retired())
                                .map(Stored::user)
                                .toList(),
                        rows.size() <= pageSize
                                ? Optional.empty()
                                : Optional.of(rows.get(rows.size() - 1).at().pageToken())));
    }

    private record Positioned(Stored stored, UserPosition at) {}

    @Override
    public CompletionStage<Page<User>> inGroup(GroupId group, Optional<PageToken> from, int pageSize) {
        return named(group, from, pageSize, user -> user.home().equals(group));
    }

    /** Names stay in the list of a group that their users have left. */
    @Override
    public CompletionStage<Page<User>> awayFrom(GroupId group, Optional<PageToken> from, int pageSize) {
        return named(group, from, pageSize, user -> user.origin().equals(Optional.of(group)));
    }

    private CompletionStage<Page<User>> named(
            GroupId group, Optional<PageToken> from, int pageSize, Predicate<User> wanted) {
        String what = "listing users of group " + group;
        return BucketedNames.page(
                        from,
                        pageSize,
                        (bucket, after, limit) -> cql.all(
                                what,
                                selectNames.bind(group.site().value(), group.name(), bucket, after, limit),
                                row -> Columns.text(row, "username")))
                .thenCompose(page -> Fanout.ask(page.names(), name -> find(new UserKey(name), ReadLevel.QUORUM)
                                .thenApply(found -> found.filter(wanted)))
                        .thenApply(users -> new Page<>(users, page.next())));
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
                Columns.optionalUuid(row, "origin_site_id")
                        .map(site -> new GroupId(new SiteId(site), Columns.text(row, "origin_group"))),
                row.getLong("home_term"),
                row.getLong("version"));
    }
}
