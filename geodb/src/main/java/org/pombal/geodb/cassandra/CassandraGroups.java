package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.LOCAL_SERIAL;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Groups;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

/**
 * User groups, in {@code user_groups} at LOCAL_SERIAL. Their names are in {@code user_groups_by_site} before the groups
 * themselves are, so that a listing, which reads each named group, misses none.
 */
final class CassandraGroups implements Groups {

    private final Cql cql;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectNames;
    private final PreparedStatement insertName;
    private final PreparedStatement insert;

    CassandraGroups(Cql cql) {
        this.cql = cql;
        String select = """
                SELECT site_id, name, backend_id, failover_backend_id, epoch, sticky_backend, sticky_users, retired
                FROM user_groups WHERE site_id = ? AND name = ?
                """;
        this.select = cql.read(select);
        this.selectSerially = cql.read(select, LOCAL_SERIAL);
        this.selectNames =
                cql.read("SELECT name FROM user_groups_by_site WHERE site_id = ? AND bucket = ? AND name > ? LIMIT ?");
        this.insertName = cql.write("INSERT INTO user_groups_by_site (site_id, bucket, name) VALUES (?, ?, ?)");
        this.insert = cql.compareAndSet("""
                INSERT INTO user_groups
                    (site_id, name, backend_id, epoch, sticky_backend, sticky_users, failover_backend_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                IF NOT EXISTS
                """, LOCAL_SERIAL);
    }

    @Override
    public CompletionStage<Optional<UserGroup>> find(GroupId id, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return cql.one(
                        "reading user group " + id,
                        statement.bind(id.site().value(), id.name()),
                        row -> row.getBoolean("retired") ? Optional.<UserGroup>empty() : Optional.of(group(row)))
                .thenApply(found -> found.flatMap(group -> group));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> createIfAbsent(UserGroup group) {
        UUID site = group.id().site().value();
        String name = group.id().name();
        String what = "adding user group " + group.id();
        return cql.write(what, insertName.bind(site, BucketedNames.bucketOf(name), name))
                .thenCompose(written -> cql.compareAndSet(what, insertion(group)))
                .thenApply(reply -> FirstWriter.outcome(group, reply.existing().map(CassandraGroups::group)));
    }

    @Override
    public CompletionStage<Page<UserGroup>> list(SiteId site, Optional<PageToken> from, int pageSize) {
        String what = "listing user groups of site " + site;
        return BucketedNames.page(
                        from,
                        pageSize,
                        (bucket, after, limit) -> cql.all(
                                what,
                                selectNames.bind(site.value(), bucket, after, limit),
                                row -> Columns.text(row, "name")))
                .thenCompose(page -> Fanout.ask(page.names(), name -> find(new GroupId(site, name), ReadLevel.QUORUM))
                        .thenApply(groups -> new Page<>(groups, page.next())));
    }

    /** Without a failover backend, its column stays unset: a null would be written as a tombstone. */
    private BoundStatement insertion(UserGroup group) {
        BoundStatement statement = insert.bind(
                group.id().site().value(),
                group.id().name(),
                group.backend().value(),
                group.epoch(),
                group.stickyBackend(),
                group.stickyUsers());
        return group.failover()
                .map(failover -> statement.setUuid("failover_backend_id", failover.value()))
                .orElse(statement);
    }

    private static UserGroup group(Row row) {
        return new UserGroup(
                new GroupId(new SiteId(Columns.uuid(row, "site_id")), Columns.text(row, "name")),
                new BackendId(Columns.uuid(row, "backend_id")),
                Columns.optionalUuid(row, "failover_backend_id").map(BackendId::new),
                row.getLong("epoch"),
                row.getBoolean("sticky_backend"),
                row.getBoolean("sticky_users"));
    }
}
