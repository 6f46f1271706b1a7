package org.pombal.geodb.memory;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Electorates;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Requests.Attempt;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;

final class MemoryElectorates implements Electorates {

    private final InMemoryCluster store;
    private final Requests requests;

    MemoryElectorates(InMemoryCluster store, Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    @Override
    public CompletionStage<Optional<Electorate>> find(SiteId site, ReadLevel level) {
        return requests.read("reading an electorate", () -> Kept.present(store.electorates.get(site, level)));
    }

    @Override
    public CompletionStage<Cas<Electorate>> update(Electorate next) {
        return requests.compareAndSet("writing an electorate", attempt -> {
            Optional<Kept<Electorate>> standing = store.electorates.get(next.site(), ReadLevel.SERIAL);
            return Updates.firstOrNext(standing, next, Electorate::version, attempt, row -> put(row, attempt));
        });
    }

    private void put(Kept<Electorate> row, Attempt attempt) {
        store.electorates.put(row.row().site(), row, attempt.commits());
    }
}
