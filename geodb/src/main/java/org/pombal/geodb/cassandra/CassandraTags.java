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
import org.pombal.geodb.Cas;
import org.pombal.geodb.cassandra.UniqueName.Stored;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** Tags, in {@code site_tags} and {@code site_tag_names}. */
final class CassandraTags implements UniqueName.Steps<Tag> {

    private final Cql cql;
    private final UniqueName<Tag> unique = new UniqueName<>(this);
    private final PreparedStatement selectAll;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectName;
    private final PreparedStatement insert;
    private final PreparedStatement bind;
    private final PreparedStatement mark;

    CassandraTags(Cql cql) {
        this.cql = cql;
        this.selectAll = cql.read("SELECT id, name, named, retired FROM site_tags");
        this.selectSerially = cql.read("SELECT id, name, named, retired FROM site_tags WHERE id = ?", SERIAL);
        this.selectName = cql.read("SELECT id FROM site_tag_names WHERE name = ?");
        this.insert = cql.compareAndSet("INSERT INTO site_tags (id, name) VALUES (?, ?) IF NOT EXISTS", SERIAL);
        this.bind = cql.compareAndSet("INSERT INTO site_tag_names (name, id) VALUES (?, ?) IF NOT EXISTS", SERIAL);
        this.mark = cql.compareAndSet("UPDATE site_tags SET named = true WHERE id = ? IF EXISTS", SERIAL);
    }

    CompletionStage<List<Tag>> list() {
        return cql.all("listing tags", selectAll.bind(), CassandraTags::stored)
                .thenCompose(unique::visible)
                .thenApply(tags -> tags.stream().sorted(comparing(Tag::name)).toList());
    }

    CompletionStage<Cas<Tag>> create(Tag tag) {
        return unique.create(tag);
    }

    @Override
    public String name(Tag tag) {
        return tag.name();
    }

    @Override
    public CompletionStage<Optional<Stored<Tag>>> insert(Tag tag) {
        return cql.compareAndSet(
                        "adding tag " + tag.name(), insert.bind(tag.id().value(), tag.name()))
                .thenApply(reply -> reply.existing().map(CassandraTags::stored));
    }

    @Override
    public CompletionStage<Optional<Tag>> bind(Tag tag) {
        String what = "binding tag name " + tag.name();
        return cql.compareAndSet(what, bind.bind(tag.name(), tag.id().value())).thenCompose(reply -> {
            UUID owner = reply.existing()
                    .map(row -> Columns.uuid(row, "id"))
                    .orElse(tag.id().value());
            return owner.equals(tag.id().value())
                    ? completedFuture(Optional.empty())
                    : cql.one(
                            what, selectSerially.bind(owner), row -> stored(row).row());
        });
    }

    @Override
    public CompletionStage<Void> mark(Tag tag) {
        return cql.compareAndSet("marking tag " + tag.name(), mark.bind(tag.id().value()))
                .thenAccept(reply -> {});
    }

    @Override
    public CompletionStage<Boolean> isBound(Tag tag) {
        return cql.one("looking up tag " + tag.name(), selectName.bind(tag.name()), row -> Columns.uuid(row, "id"))
                .thenApply(owner -> owner.equals(Optional.of(tag.id().value())));
    }

    private static Stored<Tag> stored(Row row) {
        return new Stored<>(
                new Tag(new TagId(Columns.uuid(row, "id")), Columns.text(row, "name")),
                row.getBoolean("named"),
                row.getBoolean("retired"));
    }
}
