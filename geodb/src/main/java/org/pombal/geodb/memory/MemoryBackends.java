package org.pombal.geodb.memory;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Backends;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change.BackendsChanged;
import org.pombal.geodb.ReadLevel;
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
        return requests.read("listing backends of site " + site, () -> store.backends.scan().stream()
                .filter(backend -> backend.site().equals(site))
                .sorted(comparing(backend -> backend.host().value()))
                .toList());
    }

    @Override
    public CompletionStage<Optional<Backend>> find(HostName host) {
        return requests.read("reading backend " + host, () -> store.backends.scan().stream()
                .filter(backend -> backend.host().equals(host))
                .findFirst());
    }

    @Override
    public CompletionStage<Cas<Backend>> create(Backend backend) {
        CompletionStage<Cas<Backend>> created = requests.compareAndSet("adding backend " + backend.host(), attempt -> {
            Optional<Backend> standing = standing(backend).or(() -> store.backends.settled().stream()
                    .filter(other -> other.host().equals(backend.host()))
                    .findFirst());
            return Updates.add(standing, backend, row -> store.backends.put(row.id(), row, attempt.commits()));
        });
        return announcing.after(created, new BackendsChanged(backend.site()));
    }

    @Override
    public CompletionStage<Cas<Backend>> update(Backend backend) {
        CompletionStage<Cas<Backend>> updated =
                requests.compareAndSet("updating backend " + backend.host(), attempt -> {
                    Optional<Backend> standing = standing(backend);
                    Backend next = next(backend, standing.map(Backend::host).orElse(backend.host()));
                    return Updates.replace(
                            standing,
                            next,
                            Backend::version,
                            attempt,
                            row -> store.backends.put(row.id(), row, attempt.commits()));
                });
        return announcing.after(updated, new BackendsChanged(backend.site()));
    }

    private Optional<Backend> standing(Backend backend) {
        return store.backends.get(backend.id(), ReadLevel.SERIAL).filter(found -> found.site()
                .equals(backend.site()));
    }

    private static Backend next(Backend backend, HostName host) {
        return new Backend(
                backend.id(), backend.site(), host, backend.status(), backend.loadFactor(), backend.version() + 1);
    }
}
