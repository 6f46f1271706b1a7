package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
import org.pombal.node.localdb.LocalDb;

/** What a proxy's node remembers: the route cache in memory and the LocalDB behind it, told the same things. */
final class ProxyMemory implements Memory {

    private static final int READERS = 2;
    private static final int MAX_WAITING_READS = 10_000;

    private final RouteCache cache;
    private final LocalDb localDb;
    private final BooleanSupplier inStep;
    private final Editions editions = new Editions();
    private final ThreadPoolExecutor readers = new ThreadPoolExecutor(
            READERS, READERS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_WAITING_READS), task -> {
                Thread thread = new Thread(task, "pombal-localdb-read");
                thread.setDaemon(true);
                return thread;
            });

    /** @param inStep whether all of GeoDB's changes up to about now have been applied */
    ProxyMemory(RouteCache cache, LocalDb localDb, BooleanSupplier inStep) {
        this.cache = requireNonNull(cache, "cache is null");
        this.localDb = requireNonNull(localDb, "localDb is null");
        this.inStep = requireNonNull(inStep, "inStep is null");
    }

    @Override
    public @Nullable GroupId inMemory(UserKey user) {
        return cache.homeOf(user);
    }

    @Override
    public CompletionStage<Optional<GroupId>> kept(UserKey user) {
        try {
            return CompletableFuture.supplyAsync(() -> localDb.homeOf(user), readers);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    @Override
    public boolean keptIsCurrent() {
        return inStep.getAsBoolean();
    }

    @Override
    public int edition(UserKey user) {
        return editions.of(user);
    }

    @Override
    public void remember(UserKey user, GroupId home, int edition) {
        synchronized (this) {
            if (edition(user) != edition) {
                return;
            }
            cache.put(user, home);
            localDb.remember(user, home);
        }
    }

    @Override
    public synchronized void forgetUser(UserKey user) {
        editions.changed(user);
        cache.forget(user);
        localDb.forget(user);
    }

    @Override
    public synchronized void forgetAllUsers() {
        editions.allChanged();
        cache.clear();
        if (localDb.health().users() > 0) {
            localDb.discard("the node was away for longer than GeoDB's feed of changes goes back");
        }
    }

    @Override
    public Optional<Instant> syncedUntil() {
        return localDb.syncedUntil();
    }

    @Override
    public void markSyncedUntil(Instant moment) {
        localDb.markSyncedUntil(moment);
    }

    @Override
    public void sites(List<Site> sites, List<Tag> tags) {
        localDb.saveSites(sites, tags);
    }

    @Override
    public void backends(SiteId site, List<Backend> backends) {
        localDb.saveBackends(site, backends);
    }

    @Override
    public void groups(List<UserGroup> groups) {
        localDb.saveGroups(groups);
    }

    @Override
    public KeptTopology earlier() {
        return localDb.loadTopology();
    }

    @Override
    public void stop() throws InterruptedException {
        readers.shutdownNow();
        localDb.close();
    }
}
