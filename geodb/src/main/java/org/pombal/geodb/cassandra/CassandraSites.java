package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
import static java.util.Comparator.comparing;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Sites;
import org.pombal.geodb.cassandra.UniqueName.Stored;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** Sites, in {@code sites} and {@code site_names}. */
final class CassandraSites implements Sites, UniqueName.Steps<Site> {

    private static final Change CHANGED = new Change.SitesChanged();

    private final Cql cql;
    private final Announcing announcing;
    private final CassandraTags tags;
    private final UniqueName<Site> unique;
    private final PreparedStatement selectAll;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement insert;
    private final PreparedStatement mark;
    private final PreparedStatement update;
    private final PreparedStatement replace;

    CassandraSites(Cql cql, Announcing announcing) {
        this.cql = cql;
        this.announcing = announcing;
        this.tags = new CassandraTags(cql);
        this.unique = new UniqueName<>(this, new NameBindings(cql, "site_names", "name", List.of("id")));
        String columns =
                "id, name, status, tag, load_balancer, group_count, version, named, retired, " + ForceMoveColumns.NAMES;
        this.selectAll = cql.read("SELECT " + columns + " FROM sites");
        this.select = cql.read("SELECT " + columns + " FROM sites WHERE id = ?");
        this.selectSerially = cql.read("SELECT " + columns + " FROM sites WHERE id = ?", SERIAL);
        this.insert = cql.compareAndSet("""
                INSERT INTO sites (id, name, status, tag, load_balancer, group_count, version,
                    force_move_id, force_move_percentage, force_move_to)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                IF NOT EXISTS
                """, SERIAL);
        this.mark = cql.compareAndSet("UPDATE sites SET named = true WHERE id = ? IF version = ?", SERIAL);
        this.update = cql.compareAndSet("""
                UPDATE sites
                SET status = ?, tag = ?, load_balancer = ?, group_count = ?, version = ?,
                    force_move_id = ?, force_move_percentage = ?, force_move_to = ?
                WHERE id = ?
                IF version = ?
                """, SERIAL);
        this.replace = cql.compareAndSet("""
                UPDATE sites
                SET name = ?, status = ?, tag = ?, load_balancer = ?, group_count = ?, version = ?, named = ?, retired = ?,
                    force_move_id = ?, force_move_percentage = ?, force_move_to = ?
                WHERE id = ?
                IF version = ?
                """, SERIAL);
    }

    @Override
    public CompletionStage<List<Site>> list() {
        return cql.all("listing sites", selectAll.bind(), CassandraSites::stored)
                .thenCompose(unique::visible)
                .thenApply(sites -> sites.stream().sorted(comparing(Site::name)).toList());
    }

    @Override
    public CompletionStage<Optional<Site>> find(SiteId id) {
        return cql.one("reading site " + id, select.bind(id.value()), CassandraSites::stored)
                .thenCompose(unique::visible);
    }

    @Override
    public CompletionStage<Cas<Site>> create(Site site) {
        return announcing.after(unique.create(site), CHANGED);
    }

    @Override
    public CompletionStage<Cas<Site>> update(Site site) {
        String what = "updating site " + site.name();
        CompletionStage<Cas<Site>> updated = standing(key(site))
                .thenCompose(unique::visible)
                .thenCompose(standing -> standing.isPresent()
                        ? update(what, next(site, standing.get().name()))
                        : completedFuture(new Cas.Lost<>(standing)));
        return announcing.after(updated, CHANGED);
    }

    private CompletionStage<Cas<Site>> update(String what, Site next) {
        ForceMoveColumns forced = forced(next);
        return cql.compareAndSet(
                        what,
                        update.bind(
                                next.status().toString(),
                                tag(next),
                                loadBalancer(next),
                                groupCount(next),
                                next.version(),
                                forced.id(),
                                forced.percentage(),
                                forced.to(),
                                next.id().value(),
                                next.version() - 1))
                .thenCompose(reply -> VersionedUpdate.settle(what, reply, next, Site::version, () -> standing(key(next))
                        .thenApply(
                                stored -> stored.filter(row -> !row.retired()).map(Stored::row))));
    }

    @Override
    public CompletionStage<Cas<Site>> rename(Site site, String newName) {
        return announcing.after(unique.rename(site, site.version(), newName), CHANGED);
    }

    @Override
    public CompletionStage<Cas<Site>> retire(Site site) {
        return announcing.after(unique.retire(site, site.version()), CHANGED);
    }

    @Override
    public CompletionStage<List<Tag>> listTags() {
        return tags.list();
    }

    @Override
    public CompletionStage<Cas<Tag>> createTag(TagId id, String name) {
        return announcing.after(tags.create(new Tag(id, name)), CHANGED);
    }

    @Override
    public CompletionStage<Cas<Tag>> renameTag(Tag tag, String newName) {
        return announcing.after(tags.rename(tag, newName), CHANGED);
    }

    @Override
    public CompletionStage<Cas<Tag>> retireTag(Tag tag) {
        return announcing.after(tags.retire(tag), CHANGED);
    }

    @Override
    public String name(Site site) {
        return site.name();
    }

    @Override
    public Site withName(Site site, String name) {
        return site.withName(name);
    }

    @Override
    public Site withVersion(Site site, long version) {
        return site.atVersion(version);
    }

    @Override
    public List<UUID> key(Site site) {
        return List.of(site.id().value());
    }

    @Override
    public CompletionStage<Optional<Stored<Site>>> standing(List<UUID> key) {
        return cql.one("reading site " + key.get(0), selectSerially.bind(key.get(0)), CassandraSites::stored);
    }

    @Override
    public CompletionStage<Optional<Stored<Site>>> insert(Site site) {
        ForceMoveColumns forced = forced(site);
        return cql.compareAndSet(
                        "adding site " + site.name(),
                        insert.bind(
                                site.id().value(),
                                site.name(),
                                site.status().toString(),
                                tag(site),
                                loadBalancer(site),
                                groupCount(site),
                                site.version(),
                                forced.id(),
                                forced.percentage(),
                                forced.to()))
                .thenApply(reply -> reply.existing().map(CassandraSites::stored));
    }

    @Override
    public CompletionStage<Cas<Stored<Site>>> replace(Stored<Site> next) {
        Site site = next.row();
        String what = "replacing site " + site.name();
        ForceMoveColumns forced = forced(site);
        return cql.compareAndSet(
                        what,
                        replace.bind(
                                site.name(),
                                site.status().toString(),
                                tag(site),
                                loadBalancer(site),
                                groupCount(site),
                                next.version(),
                                next.named(),
                                next.retired(),
                                forced.id(),
                                forced.percentage(),
                                forced.to(),
                                site.id().value(),
                                next.version() - 1))
                .thenCompose(
                        reply -> VersionedUpdate.settle(what, reply, next, Stored::version, () -> standing(key(site))));
    }

    @Override
    public CompletionStage<Void> mark(Stored<Site> row) {
        Site site = row.row();
        return cql.compareAndSet(
                        "marking site " + site.name(), mark.bind(site.id().value(), row.version()))
                .thenAccept(reply -> {});
    }

    private static @Nullable UUID tag(Site site) {
        return site.tag().map(TagId::value).orElse(null);
    }

    private static @Nullable String loadBalancer(Site site) {
        return site.loadBalancer().orElse(null);
    }

    private static @Nullable Integer groupCount(Site site) {
        return site.groupCount().isPresent() ? site.groupCount().getAsInt() : null;
    }

    private static ForceMoveColumns forced(Site site) {
        return ForceMoveColumns.of(site.forceMove(), SiteId::value);
    }

    private static Site next(Site site, String name) {
        return site.withName(name).atVersion(site.version() + 1);
    }

    private static Stored<Site> stored(Row row) {
        Site site = new Site(
                new SiteId(Columns.uuid(row, "id")),
                Columns.text(row, "name"),
                SiteStatus.parse(Columns.text(row, "status")),
                Columns.optionalUuid(row, "tag").map(TagId::new),
                Columns.optionalText(row, "load_balancer"),
                Columns.optionalInt(row, "group_count"),
                ForceMoveColumns.read(row, SiteId::new),
                row.getLong("version"));
        return new Stored<>(site, site.version(), row.getBoolean("named"), row.getBoolean("retired"));
    }
}
