package org.pombal.geodb.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.AutomationNotes;
import org.pombal.model.site.SiteId;

/** Notes of controllers, in {@code automation_notes}; plain writes at LOCAL_QUORUM that expire. */
final class CassandraAutomationNotes implements AutomationNotes {

    private final Cql cql;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement selectRange;
    private final PreparedStatement delete;

    CassandraAutomationNotes(Cql cql) {
        this.cql = cql;
        this.insert = cql.write("""
                INSERT INTO automation_notes (site_id, name, text, written_at)
                VALUES (:site_id, :name, :text, :written_at)
                USING TTL :ttl
                """);
        this.select = cql.read("SELECT text, written_at FROM automation_notes WHERE site_id = ? AND name = ?");
        this.selectRange = cql.read(
                "SELECT name, text, written_at FROM automation_notes WHERE site_id = ? AND name >= ? AND name < ?");
        this.delete = cql.write("DELETE FROM automation_notes WHERE site_id = ? AND name = ?");
    }

    @Override
    public CompletionStage<Void> write(SiteId site, String name, Note note) {
        return cql.write(
                "writing the note " + name,
                insert.bind()
                        .setUuid("site_id", site.value())
                        .setString("name", name)
                        .setString("text", note.text())
                        .setInstant("written_at", note.at())
                        .setInt("ttl", (int) RETENTION.toSeconds()));
    }

    @Override
    public CompletionStage<Optional<Note>> find(SiteId site, String name) {
        return cql.one(
                "reading the note " + name,
                select.bind(site.value(), name),
                row -> new Note(Columns.text(row, "text"), Columns.instant(row, "written_at")));
    }

    @Override
    public CompletionStage<Map<String, Note>> list(SiteId site, String prefix) {
        return cql.all(
                        "reading the notes " + prefix,
                        selectRange.bind(site.value(), prefix, prefix + Character.MAX_VALUE),
                        row -> Map.entry(
                                Columns.text(row, "name"),
                                new Note(Columns.text(row, "text"), Columns.instant(row, "written_at"))))
                .thenApply(rows -> {
                    Map<String, Note> notes = new TreeMap<>();
                    rows.forEach(row -> notes.put(row.getKey(), row.getValue()));
                    return notes;
                });
    }

    @Override
    public CompletionStage<Void> remove(SiteId site, String name) {
        return cql.write("removing the note " + name, delete.bind(site.value(), name));
    }
}
