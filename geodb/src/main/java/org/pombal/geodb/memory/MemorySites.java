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
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

final class MemorySites implements Sites {

    private static final Change CHANGED = new Change.SitesChanged();

    private final InMemoryCluster store;
    private final Requests requests;
    private final Announcing announcing;

    MemorySites(InMemoryCluster store, Requests requests, Announcing announcing) {
        this.store = store;
        this.requests = requests;
        this.announcing = announcing;
    }

    @Override
    public CompletionStage<List<Site>> list() {
        return requests.read(
                "listing sites",
                () -> store.sites.scan().stream().sorted(comparing(Site::name)).toList());
    }

    @Override
    public CompletionStage<Optional<Site>> find(SiteId id) {
        return requests.read("reading site " + id, () -> store.sites.get(id, ReadLevel.QUORUM));
    }

    @Override
    public CompletionStage<Cas<Site>> create(Site site) {
        CompletionStage<Cas<Site>> created = requests.compareAndSet("adding site " + site.name(), attempt -> {
            Optional<Site> standing = store.sites
                    .get(site.id(), ReadLevel.SERIAL)
                    .or(() -> store.sites.settled().stream()
                            .filter(other -> other.name().equals(site.name()))
                            .findFirst());
            return Updates.add(standing, site, row -> store.sites.put(row.id(), row, attempt.commits()));
        });
        return announcing.after(created, CHANGED);
    }

    @Override
    public CompletionStage<Cas<Site>> update(Site site) {
        CompletionStage<Cas<Site>> updated = requests.compareAndSet("updating site " + site.name(), attempt -> {
            Optional<Site> standing = store.sites.get(site.id(), ReadLevel.SERIAL);
            Site next = next(site, standing.map(Site::name).orElse(site.name()));
            return Updates.replace(
                    standing, next, Site::version, attempt, row -> store.sites.put(row.id(), row, attempt.commits()));
        });
        return announcing.after(updated, CHANGED);
    }

    private static Site next(Site site, String name) {
        return new Site(
                site.id(), name, site.status(), site.tag(), site.loadBalancer(), site.groupCount(), site.version() + 1);
    }

    @Override
    public CompletionStage<List<Tag>> listTags() {
        return requests.read(
                "listing tags",
                () -> store.tags.scan().stream().sorted(comparing(Tag::name)).toList());
    }

    @Override
    public CompletionStage<Cas<Tag>> createTag(TagId id, String name) {
        Tag tag = new Tag(id, name);
        CompletionStage<Cas<Tag>> created = requests.compareAndSet("adding tag " + name, attempt -> {
            Optional<Tag> standing = store.tags.get(id, ReadLevel.SERIAL).or(() -> store.tags.settled().stream()
                    .filter(other -> other.name().equals(name))
                    .findFirst());
            return Updates.add(standing, tag, row -> store.tags.put(id, row, attempt.commits()));
        });
        return announcing.after(created, CHANGED);
    }
}
