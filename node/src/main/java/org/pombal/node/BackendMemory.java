package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.user.UserKey;
import org.pombal.node.cache.RouteCache;
import org.pombal.node.localdb.KeptTopology;

/**
 * What a backend's node remembers: in memory only. What it knew before a restart must let nobody in; it asks GeoDB first.
 */
final class BackendMemory implements Memory {

    private final RouteCache cache;
    private final Consumer<List<UserGroup>> seen;
    private final Editions editions = new Editions();

    /** @param seen is told of each row of a group that was read */
    BackendMemory(RouteCache cache, Consumer<List<UserGroup>> seen) {
        this.cache = requireNonNull(cache, "cache is null");
        this.seen = requireNonNull(seen, "seen is null");
    }

    @Override
    public KeptTopology earlier() {
        return new KeptTopology(List.of(), List.of(), List.of(), List.of());
    }

    @Override
    public @Nullable GroupId inMemory(UserKey user) {
        return cache.homeOf(user);
    }

    @Override
    public CompletionStage<Optional<GroupId>> kept(UserKey user) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public boolean keptIsCurrent() {
        return false;
    }

    @Override
    public int edition(UserKey user) {
        return editions.of(user);
    }

    @Override
    public synchronized void remember(UserKey user, GroupId home, int edition) {
        if (edition(user) == edition) {
            cache.put(user, home);
        }
    }

    @Override
    public synchronized void forgetUser(UserKey user) {
        editions.changed(user);
        cache.forget(user);
    }

    @Override
    public synchronized void forgetAllUsers() {
        editions.allChanged();
        cache.clear();
    }

    @Override
    public Optional<Instant> syncedUntil() {
        return Optional.empty();
    }

    @Override
    public void markSyncedUntil(Instant moment) {}

    @Override
    public void sites(List<Site> sites, List<Tag> tags) {}

    @Override
    public void backends(SiteId site, List<Backend> backends) {}

    @Override
    public void groups(List<UserGroup> groups) {
        seen.accept(groups);
    }

    /** A group may come to this backend that it never heard of. */
    @Override
    public boolean followsUnknownGroups() {
        return true;
    }

    @Override
    public void stop() {}
}
