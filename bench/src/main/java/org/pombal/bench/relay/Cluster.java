package org.pombal.bench.relay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pombal.bench.kit.BenchGeoDb;
import org.pombal.bench.kit.Stopping;
import org.pombal.bench.load.LoadCommand;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.BackendPlacement;
import org.pombal.model.placement.GroupPlacement;
import org.pombal.model.placement.Placement;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.localdb.KeptTopology;
import org.pombal.node.localdb.LocalDb;
import org.pombal.node.localdb.LocalDbSettings;

/**
 * The cluster a node is measured in: a site with three backends and 300 groups. Its users are in the node's LocalDB, as
 * after a restart; with a GeoDB, site, backends and groups are there too and the node follows its changes, without one
 * the node goes by its LocalDB alone.
 */
final class Cluster {

    private static final String SITE_NAME = "bench";
    private static final int BACKENDS = 3;
    private static final int GROUPS = 300;

    /** LocalDB drops users when too many wait to be written. */
    private static final int MOST_PENDING = 8_000;

    private static final int LOOK_EVERY = 1_000;
    private static final Duration WRITING = Duration.ofMinutes(5);

    private final Path folder;
    private final Optional<BenchGeoDb> geoDb;
    private final Site site;
    private final List<Backend> backends = new ArrayList<>();
    private final List<UserGroup> groups = new ArrayList<>();

    /** @param folder for the file with the backends' addresses */
    Cluster(Path folder, Optional<BenchGeoDb> geoDb) {
        this.folder = requireNonNull(folder, "folder is null");
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        Site planned = Site.added(SiteId.random(), SITE_NAME).withGroupCount(GROUPS);
        site = geoDb.map(there -> there.enter(planned)).orElse(planned);
        for (int i = 1; i <= BACKENDS; i++) {
            Backend backend = Backend.added(BackendId.random(), site.id(), new HostName(host(i)))
                    .withStatus(BackendStatus.ONLINE);
            backends.add(geoDb.map(there -> there.enter(backend)).orElse(backend));
        }
        for (int i = 1; i <= GROUPS; i++) {
            UserGroup group =
                    ((Placement.Placed) BackendPlacement.place(GroupId.numbered(site.id(), i), backends)).group();
            groups.add(geoDb.map(there -> there.enter(group)).orElse(group));
        }
        writeHostsFile();
    }

    private void writeHostsFile() {
        try {
            Files.write(
                    hostsFile(),
                    IntStream.rangeClosed(1, BACKENDS)
                            .mapToObj(i -> "127.0.77.1" + i + " " + host(i))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + hostsFile(), e);
        }
    }

    private Path hostsFile() {
        return folder.resolve("hosts");
    }

    private static String host(int number) {
        return "backend" + number + ".test";
    }

    boolean hasGeoDb() {
        return geoDb.isPresent();
    }

    /** The settings of a node with this base_dir. */
    Map<String, String> nodeSettings(Path baseDir) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cluster_local_site", SITE_NAME);
        settings.put("cluster_storage", "shared");
        settings.put("cluster_dovecot_base_dir", baseDir.toString());
        settings.put("cluster_hosts_file", hostsFile().toString());
        settings.put("CASSANDRA_SERVERS", "127.0.0.1");
        settings.put("CASSANDRA_LOCAL_DC", "datacenter1");
        geoDb.ifPresentOrElse(
                there -> settings.put("CASSANDRA_PORT", String.valueOf(there.port())),
                // Discard: nobody listens there.
                () -> settings.put("CASSANDRA_PORT", "9"));
        return settings;
    }

    /** Writes what a node keeps across a restart: this cluster, and users 0 to {@code users - 1}. */
    void writeLocalDb(Path stateFolder, int users) {
        KeptTopology topology = new KeptTopology(List.of(site), List.of(), backends, groups);
        try (LocalDb localDb = LocalDb.open(LocalDbSettings.in(stateFolder), () -> topology)) {
            localDb.saveSites(List.of(site), List.of());
            localDb.saveBackends(site.id(), backends);
            localDb.saveGroups(groups);
            for (int i = 0; i < users; i++) {
                if (i % LOOK_EVERY == 0) {
                    awaitPending(localDb, MOST_PENDING);
                }
                UserKey user = new UserKey(LoadCommand.userName(i));
                localDb.remember(user, GroupPlacement.groupFor(user, UsernameHash.WHOLE_NAME, site.id(), GROUPS));
            }
            localDb.markSyncedUntil(Instant.now());
            awaitPending(localDb, 0);
            if (localDb.health().users() != users) {
                throw new IllegalStateException("the LocalDB has not taken all users: " + localDb.health());
            }
        }
    }

    private static void awaitPending(LocalDb localDb, int most) {
        Stopping.await("writing the LocalDB", WRITING, () -> localDb.health().pendingWrites() <= most);
    }
}
