package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.LOCAL_SERIAL;
import static java.util.Comparator.comparing;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Backends;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.cassandra.UniqueName.Stored;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.site.SiteId;

/** Backends, in {@code backends} at LOCAL_SERIAL; their host names, in {@code backend_hosts} at SERIAL. */
final class CassandraBackends implements Backends, UniqueName.Steps<Backend> {

    private final Cql cql;
    private final Announcing announcing;
    private final UniqueName<Backend> unique;
    private final NameBindings hosts;
    private final PreparedStatement selectSite;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement insert;
    private final PreparedStatement mark;
    private final PreparedStatement update;
    private final PreparedStatement replace;

    CassandraBackends(Cql cql, Announcing announcing) {
        this.cql = cql;
        this.announcing = announcing;
        this.hosts = new NameBindings(cql, "backend_hosts", "host", List.of("site_id", "id"));
        this.unique = new UniqueName<>(this, hosts);
        String columns = "site_id, id, host, status, load_factor, version, named, retired, " + ForceMoveColumns.NAMES;
        this.selectSite = cql.read("SELECT " + columns + " FROM backends WHERE site_id = ?");
        this.select = cql.read("SELECT " + columns + " FROM backends WHERE site_id = ? AND id = ?");
        this.selectSerially =
                cql.read("SELECT " + columns + " FROM backends WHERE site_id = ? AND id = ?", LOCAL_SERIAL);
        this.insert = cql.compareAndSet("""
                INSERT INTO backends (site_id, id, host, status, load_factor, version,
                    force_move_id, force_move_percentage, force_move_to)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                IF NOT EXISTS
                """, LOCAL_SERIAL);
        this.mark = cql.compareAndSet(
                "UPDATE backends SET named = true WHERE site_id = ? AND id = ? IF version = ?", LOCAL_SERIAL);
        this.update = cql.compareAndSet("""
                UPDATE backends SET status = ?, load_factor = ?, version = ?,
                    force_move_id = ?, force_move_percentage = ?, force_move_to = ?
                WHERE site_id = ? AND id = ?
                IF version = ?
                """, LOCAL_SERIAL);
        this.replace = cql.compareAndSet("""
                UPDATE backends SET host = ?, status = ?, load_factor = ?, version = ?, named = ?, retired = ?,
                    force_move_id = ?, force_move_percentage = ?, force_move_to = ?
                WHERE site_id = ? AND id = ?
                IF version = ?
                """, LOCAL_SERIAL);
    }

    @Override
    public CompletionStage<List<Backend>> list(SiteId site) {
        return cql.all("listing backends of site " + site, selectSite.bind(site.value()), CassandraBackends::stored)
                .thenCompose(unique::visible)
                .thenApply(backends -> backends.stream()
                        .sorted(comparing(backend -> backend.host().value()))
                        .toList());
    }

    @Override
    public CompletionStage<Optional<Backend>> find(HostName host) {
        return hosts.find(host.value())
                .thenCompose(binding -> binding.isEmpty()
                        ? completedFuture(Optional.empty())
                        : read("reading backend " + host, binding.get().owner()))
                .thenCompose(unique::visible)
                .thenApply(found -> found.filter(backend -> backend.host().equals(host)));
    }

    private CompletionStage<Optional<Stored<Backend>>> read(String what, List<UUID> key) {
        return cql.one(what, select.bind(key.get(0), key.get(1)), CassandraBackends::stored);
    }

    @Override
    public CompletionStage<Cas<Backend>> create(Backend backend) {
        return announcing.after(unique.create(backend), new Change.BackendsChanged(backend.site()));
    }

    @Override
    public CompletionStage<Cas<Backend>> retire(Backend backend) {
        return announcing.after(unique.retire(backend, backend.version()), new Change.BackendsChanged(backend.site()));
    }

    @Override
    public CompletionStage<Cas<Backend>> update(Backend backend) {
        String what = "updating backend " + backend.host();
        CompletionStage<Cas<Backend>> updated = standing(key(backend))
                .thenCompose(unique::visible)
                .thenCompose(standing -> standing.isPresent()
                        ? update(what, next(backend, standing.get().host()))
                        : completedFuture(new Cas.Lost<>(standing)));
        return announcing.after(updated, new Change.BackendsChanged(backend.site()));
    }

    private CompletionStage<Cas<Backend>> update(String what, Backend next) {
        ForceMoveColumns forced = forced(next);
        return cql.compareAndSet(
                        what,
                        update.bind(
                                next.status().toString(),
                                next.loadFactor().percent(),
                                next.version(),
                                forced.id(),
                                forced.percentage(),
                                forced.to(),
                                next.site().value(),
                                next.id().value(),
                                next.version() - 1))
                .thenCompose(
                        reply -> VersionedUpdate.settle(what, reply, next, Backend::version, () -> standing(key(next))
                                .thenApply(stored ->
                                        stored.filter(row -> !row.retired()).map(Stored::row))));
    }

    @Override
    public String name(Backend backend) {
        return backend.host().value();
    }

    @Override
    public Backend withName(Backend backend, String host) {
        return backend.withHost(new HostName(host));
    }

    @Override
    public Backend withVersion(Backend backend, long version) {
        return backend.atVersion(version);
    }

    @Override
    public List<UUID> key(Backend backend) {
        return List.of(backend.site().value(), backend.id().value());
    }

    @Override
    public CompletionStage<Optional<Stored<Backend>>> standing(List<UUID> key) {
        return cql.one(
                "reading backend " + key.get(1),
                selectSerially.bind(key.get(0), key.get(1)),
                CassandraBackends::stored);
    }

    @Override
    public CompletionStage<Optional<Stored<Backend>>> insert(Backend backend) {
        ForceMoveColumns forced = forced(backend);
        return cql.compareAndSet(
                        "adding backend " + backend.host(),
                        insert.bind(
                                backend.site().value(),
                                backend.id().value(),
                                backend.host().value(),
                                backend.status().toString(),
                                backend.loadFactor().percent(),
                                backend.version(),
                                forced.id(),
                                forced.percentage(),
                                forced.to()))
                .thenApply(reply -> reply.existing().map(CassandraBackends::stored));
    }

    @Override
    public CompletionStage<Cas<Stored<Backend>>> replace(Stored<Backend> next) {
        Backend backend = next.row();
        String what = "replacing backend " + backend.host();
        ForceMoveColumns forced = forced(backend);
        return cql.compareAndSet(
                        what,
                        replace.bind(
                                backend.host().value(),
                                backend.status().toString(),
                                backend.loadFactor().percent(),
                                next.version(),
                                next.named(),
                                next.retired(),
                                forced.id(),
                                forced.percentage(),
                                forced.to(),
                                backend.site().value(),
                                backend.id().value(),
                                next.version() - 1))
                .thenCompose(reply ->
                        VersionedUpdate.settle(what, reply, next, Stored::version, () -> standing(key(backend))));
    }

    @Override
    public CompletionStage<Void> mark(Stored<Backend> row) {
        Backend backend = row.row();
        return cql.compareAndSet(
                        "marking backend " + backend.host(),
                        mark.bind(backend.site().value(), backend.id().value(), row.version()))
                .thenAccept(reply -> {});
    }

    private static ForceMoveColumns forced(Backend backend) {
        return ForceMoveColumns.of(backend.forceMove(), BackendId::value);
    }

    private static Backend next(Backend backend, HostName host) {
        return backend.withHost(host).atVersion(backend.version() + 1);
    }

    private static Stored<Backend> stored(Row row) {
        Backend backend = new Backend(
                new BackendId(Columns.uuid(row, "id")),
                new SiteId(Columns.uuid(row, "site_id")),
                new HostName(Columns.text(row, "host")),
                BackendStatus.parse(Columns.text(row, "status")),
                new LoadFactor(row.getInt("load_factor")),
                ForceMoveColumns.read(row, BackendId::new),
                row.getLong("version"));
        return new Stored<>(backend, backend.version(), row.getBoolean("named"), row.getBoolean("retired"));
    }
}
