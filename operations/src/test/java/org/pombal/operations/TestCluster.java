package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.FaultPlan;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.lease.LeaseState;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.node.DataCentres;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/** Operations on an in-memory GeoDB whose requests can be made to fail. */
final class TestCluster implements FaultPlan {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private volatile Predicate<Request> refused = request -> false;
    private volatile Runnable beforeNextCas = () -> {};
    private volatile Predicate<Request> interruptedAt = request -> false;
    private final AtomicInteger running = new AtomicInteger();

    private final InMemoryCluster store =
            new InMemoryCluster(new Random(3), () -> NOW, this, (after, task) -> CompletableFuture.delayedExecutor(
                            after.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(task));
    final GeoDb geoDb = store.open("operator", Duration.ZERO);
    final GeoDb other = store.open("other", Duration.ZERO);
    final Cluster cluster = cluster(geoDb);
    final Audit audit = new Audit("test");
    final SiteOperations sites = new SiteOperations(cluster, audit);
    final SiteGroups siteGroups = new SiteGroups(cluster, audit);
    final TagOperations tags = new TagOperations(cluster, audit);
    final BackendOperations backends = new BackendOperations(cluster, audit);
    final Evacuation evacuation = new Evacuation(cluster, audit);
    final GroupOperations groups = new GroupOperations(cluster, audit);
    final UserOperations users = new UserOperations(cluster);
    final Departures departures = new Departures(cluster, audit);
    final UserMoves userMoves = new UserMoves(cluster, audit);
    final ProxyOperations proxies = new ProxyOperations(cluster, audit);

    private static Cluster cluster(GeoDb geoDb) {
        return new Cluster(
                geoDb,
                "lisbon",
                host -> CompletableFuture.completedFuture(!host.value().startsWith("nowhere")),
                () -> NOW,
                TakeoverPolicy.LEASE);
    }

    /** A backend's lease, as its incarnation has it that is over or not. */
    Lease lease(Backend backend, long incarnation, LeaseState state) {
        return applied(other.leases()
                .replace(
                        Optional.empty(),
                        new Lease(
                                new LeaseId.OfBackend(backend.id()),
                                incarnation,
                                7,
                                state,
                                false,
                                backend.host().value(),
                                UUID.randomUUID())));
    }

    /** A group that the backend has claimed under this incarnation. */
    UserGroup claimed(UserGroup group, long incarnation) {
        return applied(other.groups().update(GroupSteps.claimed(group, incarnation)));
    }

    /** As a node of site lisbon sees the same cluster that goes through one of Cassandra's data centres dc1 and dc2. */
    Cluster inDataCentre(String name) {
        return cluster(store.open(
                "operator", Duration.ZERO, Duration.ofSeconds(2), new DataCentres(name, Set.of("dc1", "dc2"))));
    }

    /** A node that reported a while ago, and does so each 10 s. */
    NodeReport reported(Site site, NodeRole role, String name, String dataCentre, Duration age) {
        NodeReport report = new NodeReport(
                new NodeId(site.id(), role, new HostName(name)),
                "machine",
                "1.0",
                Optional.of("2.4.1"),
                dataCentre,
                Optional.empty(),
                NOW.minus(Duration.ofDays(1)),
                NOW.minus(age),
                Duration.ofSeconds(10),
                Optional.of(Duration.ofMillis(300)));
        get(geoDb.nodes().report(report));
        return report;
    }

    @Override
    public Fault next(Request request) {
        if (request.writer().equals("operator") && interruptedAt.test(request) && running.getAndIncrement() == 0) {
            beforeNextCas.run();
        }
        return request.writer().equals("operator") && refused.test(request)
                ? new Fault.Unavailable()
                : new Fault.None();
    }

    /** From now on GeoDB refuses what passes. */
    void refuse(Predicate<Request> which) {
        refused = which;
    }

    void refuseEverything() {
        refuse(request -> true);
    }

    /** Somebody else does something just before the next request that begins with these words. */
    void raceAt(String what, Runnable race) {
        beforeNextCas = race;
        running.set(0);
        interruptedAt = request -> request.what().startsWith(what) && request.kind() == Kind.COMPARE_AND_SET;
    }

    Site site(String name) {
        return done(sites.add(name, Optional.empty(), Optional.empty(), Optional.empty()))
                .site();
    }

    Backend online(String site, String host) {
        done(backends.add(site, new HostName(host), Optional.empty()));
        return done(backends.update(new HostName(host), Optional.of(BackendStatus.ONLINE), Optional.empty()))
                .backend();
    }

    UserGroup group(Site site, String name, Backend backend) {
        return applied(geoDb.groups()
                .createIfAbsent(UserGroup.placed(new GroupId(site.id(), name), backend.id(), Optional.empty())));
    }

    UserGroup group(GroupId id) {
        return get(geoDb.groups().find(id, ReadLevel.SERIAL)).orElseThrow();
    }

    User user(String name, GroupId home) {
        return applied(geoDb.users().createIfAbsent(User.firstSeen(new UserKey(name), home)));
    }

    Optional<User> user(String name) {
        return get(geoDb.users().find(new UserKey(name), ReadLevel.SERIAL));
    }

    static <T> T applied(CompletionStage<Cas<T>> outcome) {
        return ((Cas.Applied<T>) get(outcome)).row();
    }

    static <T> T done(CompletionStage<Outcome<T>> operation) {
        Outcome<T> outcome = get(operation);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    static <T> List<String> warnings(CompletionStage<Outcome<T>> operation) {
        Outcome<T> outcome = get(operation);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).warnings();
    }

    static <T> Obstacle obstacle(CompletionStage<Outcome<T>> operation) {
        Outcome<T> outcome = get(operation);
        assertThat(outcome).isInstanceOf(Outcome.NotDone.class);
        return ((Outcome.NotDone<T>) outcome).obstacle();
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
