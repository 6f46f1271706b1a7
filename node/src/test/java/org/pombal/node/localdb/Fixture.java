package org.pombal.node.localdb;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupOwner;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;

/** A folder with a LocalDB in it that can be closed and opened again, and rows to put there. */
final class Fixture implements AutoCloseable {

    static final SiteId SITE = new SiteId(new UUID(0, 1));
    static final SiteId OTHER_SITE = new SiteId(new UUID(0, 2));
    static final GroupId ONE = GroupId.numbered(SITE, 1);
    static final GroupId TWO = GroupId.numbered(OTHER_SITE, 2);
    static final UserKey ANNA = new UserKey("anna@example.org");
    static final UserKey BERTA = new UserKey("berta@example.org");

    static final Tag TAG = new Tag(new TagId(new UUID(1, 1)), "gold");
    static final Site SITE_ROW = Site.added(SITE, "lisboa").withGroupCount(1000);
    static final Site OTHER_SITE_ROW =
            Site.added(OTHER_SITE, "porto").withTag(Optional.of(TAG.id())).withLoadBalancer("lb.porto.example.org");
    static final Backend BACKEND = backend(SITE, 1);
    static final UserGroup GROUP_ROW = UserGroup.atRest(
            ONE,
            GroupOwner.unclaimed(BACKEND.id()),
            Optional.of(backend(SITE, 2).id()),
            7,
            true,
            false);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path folder;
    final AtomicInteger timesAsked = new AtomicInteger();
    volatile KeptTopology topology = KeptTopology.EMPTY;
    private LocalDbSettings settings;
    private LocalDb localDb;

    Fixture(Path folder) {
        this(LocalDbSettings.in(folder));
    }

    Fixture(LocalDbSettings settings) {
        folder = settings.folder();
        this.settings = settings.withRetryInterval(Duration.ofMillis(100));
        localDb = LocalDb.open(this.settings, this::topology);
    }

    LocalDb db() {
        return localDb;
    }

    Path file() {
        return folder.resolve("localdb.sqlite");
    }

    Path aside() {
        return folder.resolve("localdb.sqlite.broken");
    }

    /** Closes LocalDB and opens the same folder again. */
    LocalDb reopen() {
        localDb.close();
        localDb = LocalDb.open(settings, this::topology);
        return localDb;
    }

    LocalDb reopen(LocalDbSettings newSettings) {
        settings = newSettings.withRetryInterval(Duration.ofMillis(100));
        return reopen();
    }

    /** Waits until everything that was queued is in the file. */
    void awaitWritten() {
        eventually(() -> localDb.health().pendingWrites() == 0);
    }

    void awaitState(LocalDbHealth.State state) {
        eventually(() -> localDb.health().state() == state);
    }

    void awaitRebuilds(long rebuilds) {
        eventually(() -> localDb.health().rebuilds() == rebuilds);
        awaitState(LocalDbHealth.State.OK);
    }

    static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    /** Remembers many users and waits until they are written. */
    void rememberUsers(int count) {
        for (int i = 0; i < count; i++) {
            localDb.remember(user(i), homeOf(i));
            if (i % (settings.maxPendingWrites() / 2) == 0) {
                awaitWritten();
            }
        }
        awaitWritten();
    }

    private KeptTopology topology() {
        timesAsked.incrementAndGet();
        return topology;
    }

    static UserKey user(int number) {
        return new UserKey("user" + number + "@mail.example.org");
    }

    static GroupId homeOf(int number) {
        return GroupId.numbered(SITE, 1 + number % 100);
    }

    static Backend backend(SiteId site, int number) {
        return Backend.added(
                new BackendId(new UUID(site.value().getLeastSignificantBits(), number)),
                site,
                new HostName("backend" + number + ".example.org"));
    }

    static List<Backend> backends(SiteId site, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> backend(site, number))
                .toList();
    }

    @Override
    public void close() {
        localDb.close();
    }
}
