package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.LOCAL_SERIAL;
import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
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
import org.pombal.geodb.GeoDbUnavailableException;
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
    private final UniqueName<Backend> unique = new UniqueName<>(this);
    private final PreparedStatement selectSite;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement selectHost;
    private final PreparedStatement insert;
    private final PreparedStatement bind;
    private final PreparedStatement mark;
    private final PreparedStatement update;

    CassandraBackends(Cql cql, Announcing announcing) {
        this.cql = cql;
        this.announcing = announcing;
        String columns = "site_id, id, host, status, load_factor, version, named, retired";
        this.selectSite = cql.read("SELECT " + columns + " FROM backends WHERE site_id = ?");
        this.select = cql.read("SELECT " + columns + " FROM backends WHERE site_id = ? AND id = ?");
        this.selectSerially =
                cql.read("SELECT " + columns + " FROM backends WHERE site_id = ? AND id = ?", LOCAL_SERIAL);
        this.selectHost = cql.read("SELECT site_id, id FROM backend_hosts WHERE host = ?");
        this.insert = cql.compareAndSet("""
                INSERT INTO backends (site_id, id, host, status, load_factor, version)
                VALUES (?, ?, ?, ?, ?, ?)
                IF NOT EXISTS
                """, LOCAL_SERIAL);
        this.bind = cql.compareAndSet(
                "INSERT INTO backend_hosts (host, site_id, id) VALUES (?, ?, ?) IF NOT EXISTS", SERIAL);
        this.mark = cql.compareAndSet(
                "UPDATE backends SET named = true WHERE site_id = ? AND id = ? IF EXISTS", LOCAL_SERIAL);
        this.update = cql.compareAndSet("""
                UPDATE backends SET status = ?, load_factor = ?, version = ?
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
        String what = "reading backend " + host;
        return cql.one(what, selectHost.bind(host.value()), Key::of)
                .thenCompose(key -> key.isEmpty()
                        ? completedFuture(Optional.empty())
                        : cql.one(what, select.bind(key.get().site(), key.get().id()), CassandraBackends::stored))
                .thenCompose(unique::visible);
    }

    @Override
    public CompletionStage<Cas<Backend>> create(Backend backend) {
        return announcing.after(unique.create(backend), new Change.BackendsChanged(backend.site()));
    }

    @Override
    public CompletionStage<Cas<Backend>> update(Backend backend) {
        String what = "updating backend " + backend.host();
        CompletionStage<Cas<Backend>> updated = standing(what, Key.of(backend))
                .thenCompose(unique::visible)
                .thenCompose(standing -> standing.isPresent()
                        ? update(what, next(backend, standing.get().host()))
                        : completedFuture(new Cas.Lost<>(standing)));
        return announcing.after(updated, new Change.BackendsChanged(backend.site()));
    }

    private CompletionStage<Cas<Backend>> update(String what, Backend next) {
        Key key = Key.of(next);
        return cql.compareAndSet(
                        what,
                        update.bind(
                                next.status().toString(),
                                next.loadFactor().percent(),
                                next.version(),
                                key.site(),
                                key.id(),
                                next.version() - 1))
                .thenCompose(
                        reply -> VersionedUpdate.settle(what, reply, next, Backend::version, () -> standing(what, key)
                                .thenApply(stored -> stored.map(Stored::row))));
    }

    @Override
    public String name(Backend backend) {
        return backend.host().value();
    }

    @Override
    public CompletionStage<Optional<Stored<Backend>>> insert(Backend backend) {
        Key key = Key.of(backend);
        return cql.compareAndSet(
                        "adding backend " + backend.host(),
                        insert.bind(
                                key.site(),
                                key.id(),
                                backend.host().value(),
                                backend.status().toString(),
                                backend.loadFactor().percent(),
                                backend.version()))
                .thenApply(reply -> reply.existing().map(CassandraBackends::stored));
    }

    @Override
    public CompletionStage<Optional<Backend>> bind(Backend backend) {
        String what = "binding host name " + backend.host();
        Key key = Key.of(backend);
        return cql.compareAndSet(what, bind.bind(backend.host().value(), key.site(), key.id()))
                .thenCompose(reply -> {
                    Key owner = reply.existing().map(Key::of).orElse(key);
                    return owner.equals(key)
                            ? completedFuture(Optional.empty())
                            : standing(what, owner)
                                    .thenApply(stored -> Optional.of(stored.map(Stored::row)
                                            .orElseThrow(() -> new GeoDbUnavailableException(
                                                    what + ": it belongs to backend " + owner.id() + " of site "
                                                            + owner.site() + ", whose row has not arrived here yet"))));
                });
    }

    @Override
    public CompletionStage<Void> mark(Backend backend) {
        Key key = Key.of(backend);
        return cql.compareAndSet("marking backend " + backend.host(), mark.bind(key.site(), key.id()))
                .thenAccept(reply -> {});
    }

    @Override
    public CompletionStage<Boolean> isBound(Backend backend) {
        String host = backend.host().value();
        return cql.one("looking up host name " + host, selectHost.bind(host), Key::of)
                .thenApply(owner -> owner.equals(Optional.of(Key.of(backend))));
    }

    private CompletionStage<Optional<Stored<Backend>>> standing(String what, Key key) {
        return cql.one(what, selectSerially.bind(key.site(), key.id()), CassandraBackends::stored);
    }

    private static Backend next(Backend backend, HostName host) {
        return new Backend(
                backend.id(), backend.site(), host, backend.status(), backend.loadFactor(), backend.version() + 1);
    }

    private static Stored<Backend> stored(Row row) {
        Backend backend = new Backend(
                new BackendId(Columns.uuid(row, "id")),
                new SiteId(Columns.uuid(row, "site_id")),
                new HostName(Columns.text(row, "host")),
                BackendStatus.parse(Columns.text(row, "status")),
                new LoadFactor(row.getInt("load_factor")),
                row.getLong("version"));
        return new Stored<>(backend, row.getBoolean("named"), row.getBoolean("retired"));
    }

    /** Where a backend's row is. */
    private record Key(UUID site, UUID id) {

        static Key of(Row row) {
            return new Key(Columns.uuid(row, "site_id"), Columns.uuid(row, "id"));
        }

        static Key of(Backend backend) {
            return new Key(backend.site().value(), backend.id().value());
        }
    }
}
