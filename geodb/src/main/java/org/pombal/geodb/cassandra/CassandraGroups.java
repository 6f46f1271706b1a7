package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.LOCAL_SERIAL;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Groups;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.SiteId;

/**
 * User groups, in {@code user_groups} at LOCAL_SERIAL. Their names are in {@code user_groups_by_site} before the groups
 * themselves are, so that a listing, which reads each named group, misses none.
 */
final class CassandraGroups implements Groups {

    private final Cql cql;
    private final Announcing announcing;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectChange;
    private final PreparedStatement selectNames;
    private final PreparedStatement insertName;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement revive;
    private final PreparedStatement retire;

    CassandraGroups(Cql cql, Announcing announcing) {
        this.cql = cql;
        this.announcing = announcing;
        String select =
                "SELECT site_id, name, " + GroupColumns.NAMES + " FROM user_groups WHERE site_id = ? AND name = ?";
        this.select = cql.read(select);
        this.selectSerially = cql.read(select, LOCAL_SERIAL);
        this.selectChange =
                cql.read("SELECT WRITETIME(epoch) AS changed, retired FROM user_groups WHERE site_id = ? AND name = ?");
        this.selectNames =
                cql.read("SELECT name FROM user_groups_by_site WHERE site_id = ? AND bucket = ? AND name > ? LIMIT ?");
        this.insertName = cql.write("INSERT INTO user_groups_by_site (site_id, bucket, name) VALUES (?, ?, ?)");
        this.insert = cql.compareAndSet("""
                INSERT INTO user_groups (site_id, name, backend_id, owner_incarnation, failover_backend_id, epoch,
                    sticky_backend, sticky_users)
                VALUES (:site_id, :name, :backend_id, :owner_incarnation, :failover_backend_id, :epoch,
                    :sticky_backend, :sticky_users)
                IF NOT EXISTS
                """, LOCAL_SERIAL);
        this.update = cql.compareAndSet(replacement(""), LOCAL_SERIAL);
        this.revive = cql.compareAndSet(replacement(", retired = false"), LOCAL_SERIAL);
        this.retire = cql.compareAndSet("""
                UPDATE user_groups SET retired = true, epoch = :epoch
                WHERE site_id = :site_id AND name = :name
                IF epoch = :before
                """, LOCAL_SERIAL);
    }

    private static String replacement(String more) {
        return """
                UPDATE user_groups SET backend_id = :backend_id, owner_incarnation = :owner_incarnation,
                    failover_backend_id = :failover_backend_id, move_id = :move_id, move_dest = :move_dest,
                    move_dest_incarnation = :move_dest_incarnation, move_phase = :move_phase, move_lazy = :move_lazy,
                    move_cause = :move_cause, move_started_at = :move_started_at, leaving = :leaving,
                    leaving_asked = :leaving_asked, epoch = :epoch, sticky_backend = :sticky_backend, sticky_users = :sticky_users%s
                WHERE site_id = :site_id AND name = :name
                IF epoch = :before
                """.formatted(more);
    }

    /** A row as it stands in the table. */
    private record Stored(UserGroup group, boolean retired) {

        static Stored of(Row row) {
            return new Stored(GroupColumns.group(row), row.getBoolean("retired"));
        }

        long epoch() {
            return group.epoch();
        }
    }

    @Override
    public CompletionStage<Optional<UserGroup>> find(GroupId id, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return read("reading user group " + id, statement, id).thenApply(CassandraGroups::present);
    }

    private CompletionStage<Optional<Stored>> read(String what, PreparedStatement statement, GroupId id) {
        return cql.one(what, statement.bind(id.site().value(), id.name()), Stored::of);
    }

    private static Optional<UserGroup> present(Optional<Stored> stored) {
        return stored.filter(row -> !row.retired()).map(Stored::group);
    }

    @Override
    public CompletionStage<Optional<Instant>> changedAt(GroupId id) {
        return cql.one(
                        "reading when user group " + id + " was changed",
                        selectChange.bind(id.site().value(), id.name()),
                        row -> row.getBoolean("retired")
                                ? Optional.<Instant>empty()
                                : Optional.of(Instant.EPOCH.plus(row.getLong("changed"), ChronoUnit.MICROS)))
                .thenApply(found -> found.flatMap(changed -> changed));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> createIfAbsent(UserGroup group) {
        UUID site = group.id().site().value();
        String name = group.id().name();
        String what = "adding user group " + group.id();
        return cql.write(what, insertName.bind(site, BucketedNames.bucketOf(name), name))
                .thenCompose(written -> cql.compareAndSet(what, GroupColumns.insertion(insert, group)))
                .thenCompose(reply -> {
                    Optional<Stored> existing = reply.existing().map(Stored::of);
                    return existing.isPresent() && existing.get().retired()
                            ? revive(
                                    what,
                                    GroupSteps.revived(group, existing.get().epoch()))
                            : completedFuture(FirstWriter.outcome(group, existing.map(Stored::group)));
                });
    }

    private CompletionStage<Cas<UserGroup>> revive(String what, UserGroup next) {
        CompletionStage<Cas<UserGroup>> revived = cql.compareAndSet(
                        what, GroupColumns.replacement(revive, next).setLong("before", next.epoch() - 1))
                .thenCompose(reply -> settle(what, reply, new Stored(next, false)));
        return announcing.after(revived, new Change.GroupChanged(next.id()));
    }

    private CompletionStage<Cas<UserGroup>> settle(String what, CasReply reply, Stored next) {
        return VersionedUpdate.settle(
                        what,
                        reply,
                        next,
                        Stored::epoch,
                        () -> read(what, selectSerially, next.group().id()))
                .thenApply(outcome -> outcome instanceof Cas.Lost<Stored> lost
                        ? new Cas.Lost<>(present(lost.current()))
                        : new Cas.Applied<>(next.group()));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> update(UserGroup next) {
        String what = "updating user group " + next.id();
        CompletionStage<Cas<UserGroup>> updated = cql.compareAndSet(
                        what, GroupColumns.replacement(update, next).setLong("before", next.epoch() - 1))
                .thenCompose(reply -> settle(what, reply, new Stored(next, false)));
        return announcing.after(updated, new Change.GroupChanged(next.id()));
    }

    @Override
    public CompletionStage<Cas<UserGroup>> retire(UserGroup group) {
        String what = "retiring user group " + group.id();
        UserGroup next = GroupSteps.retired(group);
        CompletionStage<Cas<UserGroup>> retired = cql.compareAndSet(
                        what,
                        retire.bind()
                                .setUuid("site_id", group.id().site().value())
                                .setString("name", group.id().name())
                                .setLong("epoch", next.epoch())
                                .setLong("before", group.epoch()))
                .thenCompose(reply -> settle(what, reply, new Stored(next, true)));
        return announcing.after(retired, new Change.GroupChanged(group.id()));
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
}
