package org.pombal.geodb.memory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.ApiTokens;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.access.ApiToken;

final class MemoryApiTokens implements ApiTokens {

    private final InMemoryCluster store;
    private final Requests requests;

    MemoryApiTokens(InMemoryCluster store, Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    @Override
    public CompletionStage<List<ApiToken>> list() {
        return requests.read("listing tokens", () -> store.apiTokens.scan().stream()
                .map(Kept::row)
                .sorted(Comparator.comparing(ApiToken::name).thenComparing(ApiToken::id))
                .toList());
    }

    @Override
    public CompletionStage<Optional<ApiToken>> find(String id, ReadLevel level) {
        return requests.read("reading token " + id, () -> Kept.present(store.apiTokens.get(id, level)));
    }

    @Override
    public CompletionStage<Cas<ApiToken>> write(ApiToken next) {
        return requests.compareAndSet("writing token " + next.id(), attempt -> {
            Optional<Kept<ApiToken>> standing = store.apiTokens.get(next.id(), ReadLevel.SERIAL);
            return Updates.firstOrNext(
                    standing,
                    next,
                    ApiToken::version,
                    attempt,
                    row -> store.apiTokens.put(next.id(), row, attempt.commits()));
        });
    }
}
