package org.pombal.acceptance;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pombal.demo.site.MailSite;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.cassandra.CassandraSession;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeReport;
import org.pombal.model.placement.BackendPlacement;
import org.pombal.model.placement.GroupPlacement;
import org.pombal.model.placement.Placement;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

/** What GeoDB holds for a lab. Connected at the first question. */
final class Rows implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CassandraConfig config;
    private @Nullable GeoDb geoDb;
    private @Nullable CqlSession session;

    Rows(CassandraConfig config) {
        this.config = config;
    }

    private synchronized GeoDb geoDb() {
        GeoDb present = geoDb == null ? CassandraGeoDb.connect(config) : geoDb;
        geoDb = present;
        return present;
    }

    private synchronized CqlSession session() {
        CqlSession present = session == null ? new CassandraSession(config).inKeyspace() : session;
        session = present;
        return present;
    }

    Optional<User> user(String name) {
        return ask(geoDb -> geoDb.users().find(new UserKey(name), ReadLevel.SERIAL));
    }

    /** The names of all users that have a row. */
    Set<String> users() {
        Set<String> names = new TreeSet<>();
        session().execute("SELECT username FROM users").forEach(row -> names.add(row.getString(0)));
        return names;
    }

    /** The first label of the host name of the backend that a user's group has. */
    Optional<String> backendOf(String user) {
        return user(user)
                .map(row -> ask(geoDb -> geoDb.groups()
                        .find(row.home(), ReadLevel.SERIAL)
                        .thenCombine(geoDb.backends().list(row.home().site()), (group, backends) -> backends.stream()
                                .filter(backend ->
                                        backend.id().equals(group.orElseThrow().backend()))
                                .map(backend -> backend.host().value().replaceFirst("\\..*", ""))
                                .findFirst()
                                .orElseThrow())));
    }

    /**
     * Users of the odd domain whose group has no row yet, and would now be placed on this backend: enough of them for a
     * test.
     */
    Queue<String> newUsersOf(String host) {
        return ask(geoDb -> geoDb.sites().list().thenCompose(sites -> {
            Site site = sites.get(0);
            return geoDb.backends()
                    .list(site.id())
                    .thenCombine(geoDb.groups().list(site.id(), Optional.empty(), 5000), (backends, groups) -> {
                        Set<GroupId> used =
                                groups.rows().stream().map(UserGroup::id).collect(toSet());
                        return IntStream.range(0, 2000)
                                .mapToObj(i -> "new" + i + "@" + LabAccounts.ODD_DOMAIN)
                                .filter(user -> isPlacedOn(host, user, site.id(), backends, used))
                                .collect(toCollection(ArrayDeque::new));
                    });
        }));
    }

    /** A group that serves for one user counts as used for the next. */
    private static boolean isPlacedOn(
            String host, String user, SiteId site, List<Backend> backends, Set<GroupId> usedGroups) {
        GroupId group = GroupPlacement.groupFor(new UserKey(user), UsernameHash.WHOLE_NAME, site, MailSite.GROUPS);
        return BackendPlacement.place(group, backends) instanceof Placement.Placed placed
                && placed.backend().host().value().equals(host)
                && usedGroups.add(group);
    }

    /** Changes a backend as an administrator would. */
    void change(String host, UnaryOperator<Backend> change) {
        Cas<Backend> outcome =
                ask(geoDb -> geoDb.backends().find(new HostName(host)).thenCompose(row -> geoDb.backends()
                        .update(change.apply(row.orElseThrow()))));
        if (!(outcome instanceof Cas.Applied<Backend>)) {
            throw new IllegalStateException("the row of " + host + " was changed by somebody else: " + outcome);
        }
    }

    /** The nodes of the lab's site that have reported. */
    List<NodeReport> nodes() {
        return ask(geoDb -> geoDb.sites().list().thenCompose(sites -> geoDb.nodes()
                .list(sites.get(0).id())));
    }

    Optional<DestinationStatistics> statistics(HostName proxy, ProxyDestination destination, Traffic traffic) {
        return ask(geoDb -> geoDb.sites().list().thenCompose(sites -> geoDb.proxyStatistics()
                        .list(sites.get(0).id(), proxy)))
                .stream()
                .filter(row -> row.destination().equals(destination) && row.traffic() == traffic)
                .findFirst();
    }

    /** What the node beside a backend measured last. */
    Optional<BackendLoad> load(BackendId backend) {
        return ask(geoDb -> geoDb.sites().list().thenCompose(sites -> geoDb.backendLoads()
                        .list(sites.get(0).id())))
                .stream()
                .filter(load -> load.backend().equals(backend))
                .findFirst();
    }

    /** All backends of the site. */
    List<Backend> backends() {
        return ask(geoDb -> geoDb.sites().list().thenCompose(sites -> geoDb.backends()
                .list(sites.get(0).id())));
    }

    /** The backend that a user's group has. */
    BackendId ownerOf(String user) {
        GroupId home = user(user).orElseThrow().home();
        return ask(geoDb -> geoDb.groups().find(home, ReadLevel.SERIAL))
                .orElseThrow()
                .backend();
    }

    String backendId(String host) {
        return ask(geoDb -> geoDb.backends().find(new HostName(host)))
                .orElseThrow()
                .id()
                .toString();
    }

    /** Sets how many copies the keyspace has, at a moment when there is one Cassandra. */
    void copies(int number) {
        session()
                .execute("ALTER KEYSPACE " + config.keyspace()
                        + " WITH replication = {'class': 'NetworkTopologyStrategy', '" + config.localDataCentre()
                        + "': " + number + "}");
    }

    private <T> T ask(Function<GeoDb, CompletionStage<T>> question) {
        return question.apply(geoDb())
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public synchronized void close() {
        if (geoDb != null) {
            geoDb.close();
        }
        if (session != null) {
            session.close();
        }
    }
}
