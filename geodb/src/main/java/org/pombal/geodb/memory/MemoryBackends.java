package org.pombal.geodb.memory;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Backends;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change.BackendsChanged;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Requests.Attempt;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

final class MemoryBackends implements Backends {

    private final InMemoryCluster store;
    private final Requests requests;
    private final Announcing announcing;

    MemoryBackends(InMemoryCluster store, Requests requests, Announcing announcing) {
        this.store = store;
        this.requests = requests;
        this.announcing = announcing;
    }

    @Override
    public CompletionStage<List<Backend>> list(SiteId site) {
        return requests.read("listing backends of site " + site, () -> present(store.backends.scan().stream())
                .filter(backend -> backend.site().equals(site))
                .sorted(comparing(backend -> backend.host().value()))
                .toList());
    }

    @Override
    public CompletionStage<Optional<Backend>> find(HostName host) {
        return requests.read("reading backend " + host, () -> present(store.backends.scan().stream())
                .filter(backend -> backend.host().equals(host))
                .findFirst());
    }

    @Override
    public CompletionStage<Cas<Backend>> create(Backend backend) {
        return changed("adding backend " + backend.host(), backend, attempt -> {
            Optional<Kept<Backend>> standing = standing(backend);
            Optional<Backend> namesake = present(store.backends.settled().stream())
                    .filter(other ->
                            other.host().equals(backend.host()) && !other.id().equals(backend.id()))
                    .findFirst();
            return namesake.isPresent()
                    ? new Cas.Lost<>(Kept.present(standing).or(() -> namesake))
                    : Updates.add(
                            standing,
                            backend,
                            Backend::version,
                            version -> at(backend, backend.host(), version),
                            row -> put(row, attempt));
        });
    }

    @Override
    public CompletionStage<Cas<Backend>> update(Backend backend) {
        return changed("updating backend " + backend.host(), backend, attempt -> {
            Optional<Kept<Backend>> standing = standing(backend);
            HostName host = standing.map(kept -> kept.row().host()).orElse(backend.host());
            return replace(standing, Kept.of(at(backend, host, backend.version() + 1)), attempt);
        });
    }

    @Override
    public CompletionStage<Cas<Backend>> retire(Backend backend) {
        return changed("retiring backend " + backend.host(), backend, attempt -> {
            Optional<Kept<Backend>> standing = standing(backend);
            Backend before = standing.map(Kept::row).orElse(backend);
            return replace(standing, new Kept<>(at(before, before.host(), backend.version() + 1), true), attempt);
        });
    }

    private CompletionStage<Cas<Backend>> changed(
            String what, Backend backend, Requests.CompareAndSet<Backend> change) {
        return announcing.after(requests.compareAndSet(what, change), new BackendsChanged(backend.site()));
    }

    private Cas<Backend> replace(Optional<Kept<Backend>> standing, Kept<Backend> next, Attempt attempt) {
        return Updates.replace(standing, next, Backend::version, attempt, row -> put(row, attempt));
    }

    private Optional<Kept<Backend>> standing(Backend backend) {
        return store.backends
                .get(backend.id(), ReadLevel.SERIAL)
                .filter(found -> found.row().site().equals(backend.site()));
    }

    private void put(Kept<Backend> row, Attempt attempt) {
        store.backends.put(row.row().id(), row, attempt.commits());
    }

    private static Stream<Backend> present(Stream<Kept<Backend>> rows) {
        return rows.filter(kept -> !kept.retired()).map(Kept::row);
    }

    private static Backend at(Backend backend, HostName host, long version) {
        return backend.withHost(host).atVersion(version);
    }
}
