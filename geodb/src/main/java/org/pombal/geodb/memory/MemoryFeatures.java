package org.pombal.geodb.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Features;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Requests.Attempt;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.site.SiteId;

final class MemoryFeatures implements Features {

    record Key(SiteId site, Feature feature) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::site).thenComparing(Key::feature);
    }

    private final InMemoryCluster store;
    private final Requests requests;

    MemoryFeatures(InMemoryCluster store, Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    @Override
    public CompletionStage<List<SiteFeature>> list(SiteId site) {
        return requests.read("reading the features of site " + site, () -> Arrays.stream(Feature.values())
                .map(feature -> Kept.present(store.features.get(new Key(site, feature), ReadLevel.QUORUM))
                        .orElseGet(() -> SiteFeature.neverSet(site, feature)))
                .toList());
    }

    @Override
    public CompletionStage<Cas<SiteFeature>> update(SiteFeature next) {
        return requests.compareAndSet("setting feature " + next.feature() + " of site " + next.site(), attempt -> {
            Key key = new Key(next.site(), next.feature());
            Optional<Kept<SiteFeature>> standing = store.features.get(key, ReadLevel.SERIAL);
            return Updates.firstOrNext(standing, next, SiteFeature::version, attempt, row -> put(key, row, attempt));
        });
    }

    private void put(Key key, Kept<SiteFeature> row, Attempt attempt) {
        store.features.put(key, row, attempt.commits());
    }
}
