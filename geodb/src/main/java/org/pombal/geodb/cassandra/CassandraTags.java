package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
import static java.util.Comparator.comparing;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Cas;
import org.pombal.geodb.cassandra.UniqueName.Stored;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** Tags, in {@code site_tags} and {@code site_tag_names}. Their versions are known to the table alone. */
final class CassandraTags implements UniqueName.Steps<Tag> {

    private final Cql cql;
    private final UniqueName<Tag> unique;
    private final PreparedStatement selectAll;
    private final PreparedStatement selectSerially;
    private final PreparedStatement insert;
    private final PreparedStatement mark;
    private final PreparedStatement replace;

    CassandraTags(Cql cql) {
        this.cql = cql;
        this.unique = new UniqueName<>(this, new NameBindings(cql, "site_tag_names", "name", List.of("id")));
        String select = "SELECT id, name, version, named, retired FROM site_tags";
        this.selectAll = cql.read(select);
        this.selectSerially = cql.read(select + " WHERE id = ?", SERIAL);
        this.insert =
                cql.compareAndSet("INSERT INTO site_tags (id, name, version) VALUES (?, ?, 1) IF NOT EXISTS", SERIAL);
        this.mark = cql.compareAndSet("UPDATE site_tags SET named = true WHERE id = ? IF version = ?", SERIAL);
        this.replace = cql.compareAndSet(
                "UPDATE site_tags SET name = ?, version = ?, named = ?, retired = ? WHERE id = ? IF version = ?",
                SERIAL);
    }

    CompletionStage<List<Tag>> list() {
        return cql.all("listing tags", selectAll.bind(), CassandraTags::stored)
                .thenCompose(unique::visible)
                .thenApply(tags -> tags.stream().sorted(comparing(Tag::name)).toList());
    }

    CompletionStage<Cas<Tag>> create(Tag tag) {
        return unique.create(tag);
    }

    CompletionStage<Cas<Tag>> rename(Tag tag, String newName) {
        return ifUnchanged(tag, version -> unique.rename(tag, version, newName));
    }

    CompletionStage<Cas<Tag>> retire(Tag tag) {
        return ifUnchanged(tag, version -> unique.retire(tag, version));
    }

    private CompletionStage<Cas<Tag>> ifUnchanged(Tag tag, LongFunction<CompletionStage<Cas<Tag>>> change) {
        return standing(key(tag)).thenCompose(stored -> {
            boolean unchanged = stored.isPresent()
                    && !stored.get().retired()
                    && stored.get().row().equals(tag);
            return unchanged
                    ? change.apply(stored.get().version())
                    : unique.visible(stored).thenApply(Cas.Lost::new);
        });
    }

    @Override
    public String name(Tag tag) {
        return tag.name();
    }

    @Override
    public Tag withName(Tag tag, String name) {
        return new Tag(tag.id(), name);
    }

    @Override
    public Tag withVersion(Tag tag, long version) {
        return tag;
    }

    @Override
    public List<UUID> key(Tag tag) {
        return List.of(tag.id().value());
    }

    @Override
    public CompletionStage<Optional<Stored<Tag>>> standing(List<UUID> key) {
        return cql.one("reading tag " + key.get(0), selectSerially.bind(key.get(0)), CassandraTags::stored);
    }

    @Override
    public CompletionStage<Optional<Stored<Tag>>> insert(Tag tag) {
        return cql.compareAndSet(
                        "adding tag " + tag.name(), insert.bind(tag.id().value(), tag.name()))
                .thenApply(reply -> reply.existing().map(CassandraTags::stored));
    }

    @Override
    public CompletionStage<Cas<Stored<Tag>>> replace(Stored<Tag> next) {
        Tag tag = next.row();
        String what = "replacing tag " + tag.name();
        return cql.compareAndSet(
                        what,
                        replace.bind(
                                tag.name(),
                                next.version(),
                                next.named(),
                                next.retired(),
                                tag.id().value(),
                                column(next.version() - 1)))
                .thenCompose(
                        reply -> VersionedUpdate.settle(what, reply, next, Stored::version, () -> standing(key(tag))));
    }

    @Override
    public CompletionStage<Void> mark(Stored<Tag> row) {
        Tag tag = row.row();
        return cql.compareAndSet("marking tag " + tag.name(), mark.bind(tag.id().value(), column(row.version())))
                .thenAccept(reply -> {});
    }

    /** Tags of older releases have no version; theirs counts as 0. */
    private static @Nullable Long column(long version) {
        return version == 0 ? null : version;
    }

    private static Stored<Tag> stored(Row row) {
        return new Stored<>(
                new Tag(new TagId(Columns.uuid(row, "id")), Columns.text(row, "name")),
                row.getLong("version"),
                row.getBoolean("named"),
                row.getBoolean("retired"));
    }
}
