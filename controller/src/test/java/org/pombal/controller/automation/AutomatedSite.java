package org.pombal.controller.automation;

import static org.pombal.controller.TestController.get;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.pombal.controller.TestController;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.memory.Fault;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;
import org.pombal.model.task.Task;
import org.pombal.model.task.TaskId;
import org.pombal.model.task.TaskOrder;
import org.pombal.model.task.TaskQueue;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Cluster;
import org.pombal.settings.Settings;

/** Site lisbon with backends b1, b2, ..., in memory and at a time of its own; what nodes report, the test says. */
final class AutomatedSite {

    final Site site = Site.added(SiteId.random(), "lisbon");
    final List<Backend> added = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final GeoDb geoDb = new InMemoryCluster(
                    new Random(3),
                    this::tick,
                    request -> new Fault.None(),
                    (after, task) -> CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(task))
            .open("test", Duration.ZERO);
    final Cluster cluster = new Cluster(
            geoDb, "lisbon", host -> CompletableFuture.completedFuture(true), this::tick, TakeoverPolicy.LEASE);
    final SiteSight sight = new SiteSight(geoDb, "lisbon", this::tick);
    final TaskContext task;

    AutomatedSite(int backends) {
        applied(geoDb.sites().create(site));
        for (int number = 1; number <= backends; number++) {
            Backend one = applied(geoDb.backends()
                    .create(Backend.added(BackendId.random(), site.id(), new HostName("b" + number + ".example.org"))));
            added.add(applied(geoDb.backends().update(one.withStatus(BackendStatus.ONLINE))));
        }
        TaskOrder order = new TaskOrder(
                new TaskId("test@1"), "test", TaskQueue.HIGH, "", Duration.ofMinutes(1), 1, now, now.plusSeconds(60));
        this.task = new TaskContext(Task.queued(order), () -> true);
    }

    static Settings settings(String... lines) {
        Map<String, String> all = new HashMap<>(Map.of("CLUSTER_SITE", "lisbon"));
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return TestController.settings(all);
    }

    static <T> T applied(CompletionStage<Cas<T>> outcome) {
        return ((Cas.Applied<T>) get(outcome)).row();
    }

    /** What is written later has a later time. */
    private Instant tick() {
        now = now.plusNanos(1_000);
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    void feature(Feature feature, FeatureState state) {
        applied(geoDb.features().update(SiteFeature.neverSet(site.id(), feature).changedTo(state)));
    }

    GroupId group(int number, int backend) {
        GroupId id = GroupId.numbered(site.id(), number);
        applied(geoDb.groups()
                .createIfAbsent(UserGroup.placed(id, added.get(backend - 1).id(), Optional.empty())));
        return id;
    }

    void users(GroupId group, int count) {
        for (int i = 1; i <= count; i++) {
            applied(geoDb.users().createIfAbsent(User.firstSeen(new UserKey("user" + i + "@" + group.name()), group)));
        }
    }

    /** What two proxies experienced with a backend in the last minute. */
    void sessions(int backend, int successes, int failures) {
        for (String proxy : List.of("p1", "p2")) {
            get(geoDb.proxyStatistics()
                    .publish(List.of(row(
                            Traffic.SESSIONS,
                            site.id(),
                            proxy,
                            new ProxyDestination.OfBackend(
                                    added.get(backend - 1).id()),
                            successes,
                            failures))));
        }
    }

    private DestinationStatistics row(
            Traffic traffic, SiteId from, String proxy, ProxyDestination destination, int successes, int failures) {
        return new DestinationStatistics(
                from,
                new HostName(proxy),
                destination,
                traffic,
                now.minusSeconds(60),
                now,
                new Counts(
                        successes + failures,
                        successes,
                        Map.of(FailureKind.OTHER, (long) failures),
                        Duration.ofMillis(10).multipliedBy(successes)));
    }

    Site another(String name) {
        return applied(geoDb.sites().create(Site.added(SiteId.random(), name)));
    }

    /** The only group of another site, on a backend of its own. */
    GroupId groupOf(Site other) {
        HostName host = new HostName("b1." + other.name() + ".org");
        Backend one = applied(geoDb.backends().create(Backend.added(BackendId.random(), other.id(), host)));
        Backend online = applied(geoDb.backends().update(one.withStatus(BackendStatus.ONLINE)));
        GroupId id = GroupId.numbered(other.id(), 1);
        applied(geoDb.groups().createIfAbsent(UserGroup.placed(id, online.id(), Optional.empty())));
        return id;
    }

    SiteStatus status() {
        return get(geoDb.sites().list()).stream()
                .filter(one -> one.id().equals(site.id()))
                .map(Site::status)
                .findFirst()
                .orElseThrow();
    }

    /** What two proxies of a site experienced with another's load balancer in the last minute. */
    void traffic(Traffic traffic, Site from, Site to, int successes, int failures) {
        for (String proxy : List.of("p1", "p2")) {
            ProxyDestination loadBalancer = new ProxyDestination.OfSite(to.id());
            get(geoDb.proxyStatistics()
                    .publish(List.of(row(traffic, from.id(), proxy, loadBalancer, successes, failures))));
        }
    }

    /** A backend measures so many sessions for each of its groups. */
    void load(int backend, double cpu, Map<GroupId, Double> sessions) {
        Map<GroupId, GroupTraffic> groups = new HashMap<>();
        sessions.forEach((group, load) -> groups.put(group, new GroupTraffic(load, 0, 0, Duration.ofDays(1))));
        get(geoDb.backendLoads()
                .publish(new BackendLoad(
                        site.id(),
                        added.get(backend - 1).id(),
                        now,
                        Duration.ofDays(1),
                        Map.of(HostMetric.CPU, cpu),
                        groups)));
    }

    BackendStatus status(int backend) {
        return get(geoDb.backends().list(site.id())).stream()
                .filter(one -> one.id().equals(added.get(backend - 1).id()))
                .map(Backend::status)
                .findFirst()
                .orElseThrow();
    }

    UserGroup row(GroupId group) {
        return get(geoDb.groups().find(group, ReadLevel.SERIAL)).orElseThrow();
    }

    GroupId home(String user) {
        return get(geoDb.users().find(new UserKey(user), ReadLevel.SERIAL))
                .orElseThrow()
                .home();
    }

    /** Action and result of what was written into the audit log, with the reason. */
    List<String> audit() {
        return get(geoDb.auditLog().list(Optional.empty(), 100)).rows().stream()
                .map(AutomatedSite::shown)
                .toList();
    }

    private static String shown(AuditEntry entry) {
        return entry.who() + " " + entry.from() + " " + entry.action() + " " + entry.target() + " " + entry.result()
                + ": " + entry.why().orElse("");
    }

    Plan plan(String part) throws Exception {
        return sight.note(site, part).map(Plan::parse).orElseThrow();
    }
}
