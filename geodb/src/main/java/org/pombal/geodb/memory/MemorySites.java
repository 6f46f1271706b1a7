package org.pombal.geodb.memory;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Sites;
import org.pombal.geodb.memory.Requests.Attempt;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

final class MemorySites implements Sites {

    private static final Change CHANGED = new Change.SitesChanged();

    private final InMemoryCluster store;
    private final Requests requests;
    private final Announcing announcing;
    private final MemoryTags tags;

    MemorySites(InMemoryCluster store, Requests requests, Announcing announcing) {
        this.store = store;
        this.requests = requests;
        this.announcing = announcing;
        this.tags = new MemoryTags(store, requests);
    }

    @Override
    public CompletionStage<List<Site>> list() {
        return requests.read("listing sites", () -> store.sites.scan().stream()
                .filter(kept -> !kept.retired())
                .map(Kept::row)
                .sorted(comparing(Site::name))
                .toList());
    }

    @Override
    public CompletionStage<Optional<Site>> find(SiteId id) {
        return requests.read("reading site " + id, () -> Kept.present(store.sites.get(id, ReadLevel.QUORUM)));
    }

    @Override
    public CompletionStage<Cas<Site>> create(Site site) {
        CompletionStage<Cas<Site>> created = requests.compareAndSet("adding site " + site.name(), attempt -> {
            Optional<Kept<Site>> standing = standing(site);
            Optional<Site> namesake = namesake(site, site.name());
            return namesake.isPresent()
                    ? new Cas.Lost<>(Kept.present(standing).or(() -> namesake))
                    : Updates.add(
                            standing,
                            site,
                            Site::version,
                            version -> at(site, site.name(), version),
                            row -> put(row, attempt));
        });
        return announcing.after(created, CHANGED);
    }

    @Override
    public CompletionStage<Cas<Site>> update(Site site) {
        return changed("updating site " + site.name(), attempt -> {
            Optional<Kept<Site>> standing = standing(site);
            String name = standing.map(kept -> kept.row().name()).orElse(site.name());
            return replace(standing, Kept.of(at(site, name, site.version() + 1)), attempt);
        });
    }

    @Override
    public CompletionStage<Cas<Site>> rename(Site site, String newName) {
        return changed("renaming site " + site.name(), attempt -> {
            Optional<Kept<Site>> standing = standing(site);
            Optional<Site> namesake = namesake(site, newName);
            if (namesake.isPresent()) {
                return new Cas.Lost<>(namesake);
            }
            Site before = Kept.present(standing).orElse(site);
            return before.name().equals(newName) && before.version() == site.version()
                    ? new Cas.Applied<>(before)
                    : replace(standing, Kept.of(at(before, newName, site.version() + 1)), attempt);
        });
    }

    @Override
    public CompletionStage<Cas<Site>> retire(Site site) {
        return changed("retiring site " + site.name(), attempt -> {
            Optional<Kept<Site>> standing = standing(site);
            Site before = standing.map(Kept::row).orElse(site);
            return replace(standing, new Kept<>(at(before, before.name(), site.version() + 1), true), attempt);
        });
    }

    private CompletionStage<Cas<Site>> changed(String what, Requests.CompareAndSet<Site> change) {
        return announcing.after(requests.compareAndSet(what, change), CHANGED);
    }

    private Cas<Site> replace(Optional<Kept<Site>> standing, Kept<Site> next, Attempt attempt) {
        return Updates.replace(standing, next, Site::version, attempt, row -> put(row, attempt));
    }

    private Optional<Kept<Site>> standing(Site site) {
        return store.sites.get(site.id(), ReadLevel.SERIAL);
    }

    private Optional<Site> namesake(Site site, String name) {
        return store.sites.settled().stream()
                .filter(kept -> !kept.retired())
                .map(Kept::row)
                .filter(other -> other.name().equals(name) && !other.id().equals(site.id()))
                .findFirst();
    }

    private void put(Kept<Site> row, Attempt attempt) {
        store.sites.put(row.row().id(), row, attempt.commits());
    }

    private static Site at(Site site, String name, long version) {
        return site.withName(name).atVersion(version);
    }

    @Override
    public CompletionStage<List<Tag>> listTags() {
        return tags.list();
    }

    @Override
    public CompletionStage<Cas<Tag>> createTag(TagId id, String name) {
        return announcing.after(tags.create(new Tag(id, name)), CHANGED);
    }

    @Override
    public CompletionStage<Cas<Tag>> renameTag(Tag tag, String newName) {
        return announcing.after(tags.rename(tag, newName), CHANGED);
    }

    @Override
    public CompletionStage<Cas<Tag>> retireTag(Tag tag) {
        return announcing.after(tags.retire(tag), CHANGED);
    }
}
