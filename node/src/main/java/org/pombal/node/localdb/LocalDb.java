package org.pombal.node.localdb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.user.UserKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a proxy's node keeps of GeoDB on its disk, so that after a restart it routes known users at once, also while GeoDB
 * is away: users' home groups, sites, tags, backends and groups.
 *
 * <p>It is only a cache, and nothing that happens to it stops the node. A broken file is put aside and begun anew. A file
 * that cannot be used at all leaves a LocalDB that knows nobody and keeps trying; {@link #health} says why.
 *
 * <p>Questions block for some tens of microseconds, rarely for milliseconds, so they do not belong on an event loop.
 * Changes only queue: a thread of LocalDB's own writes them, and a question sees them before they are written. When the
 * queue is full, what is merely worth knowing is dropped and counted. What must not be missed waits for room for up to a
 * second; were there none then, all content would be given up, because from then on it would be wrong.
 *
 * <p>Content is given up as a whole or not at all. The file is then begun anew, and the caller asked for its topology.
 *
 * <p>One race is the caller's: a home that was read from GeoDB before a {@link #forget} must not be remembered after it.
 */
public final class LocalDb implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalDb.class);
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PendingWrites writes;
    private final CurrentStore current;
    private final WriteLoop loop;
    private final Thread writer;
    private final LongAdder dropped = new LongAdder();

    private LocalDb(LocalDbSettings settings, Supplier<KeptTopology> topology) {
        writes = new PendingWrites(settings.maxPendingWrites());
        current = new CurrentStore(settings, writes, topology);
        current.openKeepingContent();
        loop = new WriteLoop(current, writes, settings.retryInterval());
        writer = new Thread(loop, "pombal-localdb-writer");
        writer.setDaemon(true);
    }

    /**
     * Opens what the folder holds; takes tens of milliseconds whatever the number of users, and some hundred more for the
     * first in a process, which loads SQLite. Never fails.
     *
     * @param topology gives what is to be kept when the file is begun anew after this. It is asked on the writing thread
     *     and must neither block for long nor call LocalDB.
     */
    public static LocalDb open(LocalDbSettings settings, Supplier<KeptTopology> topology) {
        LocalDb localDb = new LocalDb(settings, topology);
        localDb.writer.start();
        return localDb;
    }

    /** The user's home group, if it is kept. */
    public Optional<GroupId> homeOf(UserKey user) {
        if (!canBeStored(user)) {
            return Optional.empty();
        }
        Write.OfUser pending = writes.latest(user);
        return pending != null ? pending.home() : ask(store -> store.homeOf(user), Optional.empty());
    }

    /** A user that is kept. */
    public record KeptUser(UserKey user, GroupId home) {}

    /**
     * Users that are in the file, in the order of their names; changes that still wait are not seen.
     *
     * @param after the name after which to go on; empty for the first
     */
    public List<KeptUser> users(String after, int limit) {
        return ask(store -> store.users(after, limit), List.of());
    }

    /** Keeps the user's home group, unless too many changes are waiting to be written. */
    public void remember(UserKey user, GroupId home) {
        if (canBeStored(user)) {
            offer(new Write.Remember(user, home));
        }
    }

    public void forget(UserKey user) {
        if (canBeStored(user)) {
            offer(new Write.Forget(user));
        }
    }

    /** Keeps these sites and tags in place of those that were kept. */
    public void saveSites(List<Site> sites, List<Tag> tags) {
        offer(new Write.SaveSites(sites, tags));
    }

    /** Keeps these backends of the site in place of those that were kept. */
    public void saveBackends(SiteId site, List<Backend> backends) {
        offer(new Write.SaveBackends(site, backends));
    }

    /** Keeps these groups, beside others that are kept. A page of some thousands is better than one by one. */
    public void saveGroups(List<UserGroup> groups) {
        offer(new Write.SaveGroups(groups));
    }

    /** What is in the file of sites, tags, backends and groups; changes that still wait are not seen. */
    public KeptTopology loadTopology() {
        return ask(Store::loadTopology, KeptTopology.EMPTY);
    }

    /**
     * Up to when the content follows GeoDB's feed of changes. Empty when nobody said so of what is there now: then
     * nothing in it is to be believed.
     */
    public Optional<Instant> syncedUntil() {
        return ask(Store::syncedUntil, Optional.empty());
    }

    /**
     * Says that all changes of the feed up to this moment were applied. That is kept only together with everything that
     * was queued before; after a crash or a power cut an older mark may come back, with what was true then. In a new file
     * the topology should be saved before the first mark; in one begun anew, marks are ignored until that is done.
     */
    public void markSyncedUntil(Instant until) {
        if (current.isComplete()) {
            offer(new Write.MarkSynced(until));
        }
    }

    /** Gives all content up, because the caller found that it cannot be true. */
    public void discard(String why) {
        giveUp(why);
    }

    public LocalDbHealth health() {
        return current.health(writes.size(), dropped.sum());
    }

    /** Writes what is waiting, for at most 5 s, and closes the file. */
    @Override
    public void close() {
        loop.close();
        try {
            writer.join(CLOSING_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            LOG.warn(
                    "LocalDB is still being written after {} s; the rest is not waited for", CLOSING_LIMIT.toSeconds());
        }
    }

    private void offer(Write write) {
        try {
            if (writes.offer(write, PATIENCE) != PendingWrites.Offer.FULL) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (write.mayBeDropped()) {
            dropped.increment();
        } else {
            giveUp("more than " + writes.capacity() + " changes wait to be written, and this one must not be missed");
        }
    }

    private void giveUp(String why) {
        Store store = current.get();
        if (store != null) {
            current.giveUp(store, Fault.OUTDATED, why);
        }
    }

    private <T> T ask(Question<T> question, T unknown) {
        Store store = current.get();
        if (store == null) {
            return unknown;
        }
        try {
            return question.put(store);
        } catch (StoreException e) {
            current.failed(store, e);
            return unknown;
        }
    }

    /** A name with half a surrogate pair has no UTF-8 form of its own, so the file could mistake it for another. */
    private static boolean canBeStored(UserKey user) {
        return user.value()
                .codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private interface Question<T> {
        T put(Store store) throws StoreException;
    }
}
