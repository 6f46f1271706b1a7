package org.pombal.acceptance;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;
import org.pombal.model.user.UserKey;

/**
 * Rows in GeoDB for one call of a command, apart from those of other calls by a number in every name: a site with two
 * backends that are online and one group on each, a user in the first group; another site with one backend and one group; a tag
 * that nobody has; a proxy of the site that reports and one that does not any more, and statistics of both. Cases name its things in braces, as {@code {b1}}.
 */
final class CommandWorld {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int PATIENCE_SECONDS = 20;

    private final GeoDb geoDb;
    private final Lab lab;
    private final Map<String, String> names = new TreeMap<>();

    CommandWorld(GeoDb geoDb, Lab lab, Map<String, String> things) {
        this.geoDb = geoDb;
        this.lab = lab;
        int number = NUMBERS.incrementAndGet();
        for (String host : List.of("b1", "b2", "c1", "new", "p1", "p2")) {
            names.put(host, host + "-" + number + ".test");
        }
        for (String name : List.of("site", "other", "fresh", "tag", "freshtag")) {
            names.put(name, name + "-" + number);
        }
        names.put("user", "user-" + number + "@example.org");
        names.put("id", UUID.randomUUID().toString());
        names.put("tagid", UUID.randomUUID().toString());
        names.putAll(things);
    }

    /** Enters everything. */
    void enter() {
        addHosts();
        Site site = create(fill("{site}"));
        Site other = create(fill("{other}"));
        CompletableFuture<?> backends = CompletableFuture.allOf(
                done(online(site.id(), "{b1}").thenCompose(b1 -> online(site.id(), "{b2}")
                        .thenCompose(b2 -> proxies(site.id(), b1, b2, other.id())
                                .thenCompose(made -> group(site.id(), "default-1", b1, Optional.of(b2))
                                        .thenCompose(one -> group(site.id(), "default-2", b2, Optional.of(b1))))))),
                done(online(other.id(), "{c1}")
                        .thenCompose(c1 -> group(other.id(), "default-1", c1, Optional.empty()))),
                done(geoDb.sites().createTag(new TagId(UUID.fromString(fill("{tagid}"))), fill("{tag}"))),
                done(geoDb.users()
                        .createIfAbsent(
                                User.firstSeen(new UserKey(fill("{user}")), new GroupId(site.id(), "default-1")))));
        get(backends);
    }

    private void addHosts() {
        List<String> lines = Stream.of("b1", "b2", "c1", "new")
                .map(host -> lab.site().plan().backendAddress(9) + " " + names.get(host))
                .toList();
        try {
            Files.write(lab.site().hostsFile(), lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Site create(String name) {
        return row(geoDb.sites().create(Site.added(SiteId.random(), name)));
    }

    private CompletionStage<BackendId> online(SiteId site, String host) {
        Backend standby = Backend.added(BackendId.random(), site, new HostName(fill(host)));
        return geoDb.backends()
                .create(standby)
                .thenCompose(done -> geoDb.backends().update(standby.withStatus(BackendStatus.ONLINE)))
                .thenApply(done -> standby.id());
    }

    private CompletionStage<Void> proxies(SiteId site, BackendId b1, BackendId b2, SiteId other) {
        Instant now = Instant.now();
        return geoDb.nodes()
                .report(proxy(site, "{p1}", now, Duration.ofMinutes(5)))
                .thenCompose(done -> geoDb.nodes()
                        .report(proxy(site, "{p2}", now.minus(Duration.ofHours(1)), Duration.ofSeconds(10))))
                .thenCompose(done -> geoDb.proxyStatistics()
                        .publish(List.of(
                                statistics(site, "{p1}", new ProxyDestination.OfBackend(b1), now),
                                statistics(site, "{p1}", new ProxyDestination.OfSite(other), now),
                                statistics(site, "{p2}", new ProxyDestination.OfBackend(b2), now))));
    }

    private NodeReport proxy(SiteId site, String name, Instant seen, Duration interval) {
        return new NodeReport(
                new NodeId(site, NodeRole.PROXY, new HostName(fill(name))),
                "machine",
                "1.0",
                Optional.of("2.4.1"),
                "elsewhere",
                Optional.empty(),
                seen,
                seen,
                interval,
                Optional.of(Duration.ofMillis(300)));
    }

    private DestinationStatistics statistics(SiteId site, String proxy, ProxyDestination destination, Instant until) {
        return new DestinationStatistics(
                site,
                new HostName(fill(proxy)),
                destination,
                Traffic.SESSIONS,
                until.minusSeconds(60),
                until,
                Counts.NONE);
    }

    private CompletionStage<Cas<UserGroup>> group(
            SiteId site, String name, BackendId backend, Optional<BackendId> failover) {
        return geoDb.groups().createIfAbsent(UserGroup.placed(new GroupId(site, name), backend, failover));
    }

    /** A text with the names of this world in place of what stands in braces. */
    String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", name.getValue());
        }
        return filled;
    }

    /** The other way round; ids and times, which no two calls have in common, become words. */
    String unfill(String text) {
        String plain = text;
        for (Map.Entry<String, String> name : names.entrySet().stream()
                .sorted(comparing((Map.Entry<String, String> entry) ->
                                entry.getValue().length())
                        .reversed())
                .toList()) {
            plain = plain.replace(name.getValue(), "{" + name.getKey() + "}");
        }
        return plain.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME")
                .replaceAll("pid [0-9]+", "pid N");
    }

    Lab lab() {
        return lab;
    }

    GeoDb geoDb() {
        return geoDb;
    }

    Optional<Site> site(String name) {
        return get(geoDb.sites().list()).stream()
                .filter(site -> site.name().equals(fill(name)))
                .findFirst();
    }

    Optional<Tag> tag(String name) {
        return get(geoDb.sites().listTags()).stream()
                .filter(tag -> tag.name().equals(fill(name)))
                .findFirst();
    }

    Optional<Backend> backend(String host) {
        return get(geoDb.backends().find(new HostName(fill(host))));
    }

    Optional<User> user(String name) {
        return get(geoDb.users().find(new UserKey(fill(name)), ReadLevel.SERIAL));
    }

    Optional<UserGroup> group(String site, String name) {
        return site(site).flatMap(row -> get(geoDb.groups().find(new GroupId(row.id(), fill(name)), ReadLevel.SERIAL)));
    }

    List<UserGroup> groups(String site) {
        return get(geoDb.groups().list(site(site).orElseThrow().id(), Optional.empty(), 1000))
                .rows();
    }

    /** The proxies of this world's site, as cases name them. */
    List<String> proxies() {
        SiteId id = site("{site}").orElseThrow().id();
        return get(geoDb.nodes().list(id)).stream()
                .map(node -> node.id().name())
                .filter(name -> !get(geoDb.proxyStatistics().list(id, name)).isEmpty())
                .map(name -> unfill(name.value()))
                .toList();
    }

    boolean hasStatistics(String site, String proxy) {
        return !get(geoDb.proxyStatistics().list(site(site).orElseThrow().id(), new HostName(proxy)))
                .isEmpty();
    }

    /** Where a group is, or is going to. */
    Optional<String> headedFor(String site, String name) {
        UserGroup group = group(site, name).orElseThrow();
        BackendId goal = group.move().map(move -> move.dest()).orElse(group.backend());
        return hostOf(site, goal);
    }

    private Optional<String> hostOf(String site, BackendId id) {
        return get(geoDb.backends().list(site(site).orElseThrow().id())).stream()
                .filter(backend -> backend.id().equals(id))
                .map(backend -> unfill(backend.host().value()))
                .findFirst();
    }

    void change(String host, UnaryOperator<Backend> change) {
        row(geoDb.backends().update(change.apply(backend(host).orElseThrow())));
    }

    void changeSite(String name, UnaryOperator<Site> change) {
        row(geoDb.sites().update(change.apply(site(name).orElseThrow())));
    }

    void change(UserGroup next) {
        row(geoDb.groups().update(next));
    }

    void retire(String host) {
        backend(host).ifPresent(row -> row(geoDb.backends().retire(row)));
    }

    /** Ends the moves of a site's groups, as backends' nodes do when they have carried them out. */
    void finishMoves(String site) {
        groups(site).stream()
                .filter(UserGroup::isMoving)
                .forEach(group -> row(geoDb.groups()
                        .update(GroupSteps.takenOver(
                                group, group.move().orElseThrow().dest(), Optional.empty()))));
    }

    /** Takes back moves of a site's groups that nobody has begun. */
    void withdrawMoves(String site) {
        groups(site).stream()
                .filter(UserGroup::isMoving)
                .forEach(group -> row(geoDb.groups().update(GroupSteps.withdrawn(group))));
    }

    /** Everything that this world has, as one text. */
    String everything() {
        return String.join(
                "\n",
                String.valueOf(site("{site}")),
                String.valueOf(site("{other}")),
                String.valueOf(site("{fresh}")),
                String.valueOf(tag("{tag}")),
                String.valueOf(tag("{freshtag}")),
                String.valueOf(backend("{b1}")),
                String.valueOf(backend("{b2}")),
                String.valueOf(backend("{c1}")),
                String.valueOf(backend("{new}")),
                String.valueOf(user("{user}")),
                String.valueOf(group("{site}", "default-1")),
                String.valueOf(group("{site}", "default-2")),
                String.valueOf(group("{other}", "default-1")),
                String.valueOf(site("{site}").map(site -> get(geoDb.nodes().list(site.id())))),
                String.valueOf(
                        site("{site}").map(site -> get(geoDb.proxyStatistics().list(site.id())))));
    }

    <T> T row(CompletionStage<Cas<T>> outcome) {
        Cas<T> cas = get(outcome);
        if (cas instanceof Cas.Applied<T> applied) {
            return applied.row();
        }
        throw new IllegalStateException("somebody else was faster: " + cas);
    }

    private static CompletableFuture<?> done(CompletionStage<?> stage) {
        return stage.toCompletableFuture();
    }

    <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
