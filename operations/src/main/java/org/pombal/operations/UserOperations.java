package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** What an operator looks up about users; moving and deleting them is {@link Departures}. */
public final class UserOperations {

    /** A user in a list. */
    public record Listed(User user, String siteName) {}

    private final Cluster cluster;
    private final Lookup lookup;

    public UserOperations(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** Where a user is, by GeoDB. Creates nobody. */
    public CompletionStage<Outcome<UserView>> status(UserKey key) {
        return Attempt.at(attempt -> new UserRows(cluster.geoDb()).find(key).thenCompose(user -> siteNames()
                .thenCompose(names -> view(user, names))));
    }

    private CompletionStage<UserView> view(User user, Map<SiteId, Site> sites) {
        Optional<Site> home = Optional.ofNullable(sites.get(user.home().site()));
        return cluster.geoDb()
                .groups()
                .find(user.home(), ReadLevel.QUORUM)
                .thenCompose(group -> home.isEmpty() || group.isEmpty()
                        ? completedFuture(Optional.<GroupView>empty())
                        : cluster.geoDb()
                                .backends()
                                .list(user.home().site())
                                .thenApply(backends -> Optional.of(new GroupView(
                                        home.get(),
                                        group.get(),
                                        backends.stream().collect(toMap(Backend::id, backend -> backend.host()
                                                .value()))))))
                .thenApply(group -> new UserView(
                        user,
                        name(sites, user.home().site()),
                        group,
                        user.failover().map(GroupId::site).map(site -> name(sites, site))));
    }

    private CompletionStage<Map<SiteId, Site>> siteNames() {
        return cluster.geoDb().sites().list().thenApply(sites -> sites.stream().collect(toMap(Site::id, site -> site)));
    }

    private static String name(Map<SiteId, Site> sites, SiteId id) {
        Site site = sites.get(id);
        return site == null ? id.toString() : site.name();
    }

    /** Lists users; the value is how many there were. */
    public CompletionStage<Outcome<Long>> list(UserFilter filter, Sink<Listed> sink) {
        AtomicLong count = new AtomicLong();
        Sink<Listed> counting = users -> {
            count.addAndGet(users.size());
            return sink.accept(users);
        };
        return Attempt.at(
                attempt -> lookup.sites(filter.site(), known -> siteNames().thenCompose(names -> {
                            List<SiteId> sites = known.stream().map(Site::id).toList();
                            return filter.group().isPresent()
                                    ? byGroup(filter, sites, names, counting)
                                    : all(filter, sites, names, counting);
                        }))
                        .thenApply(done -> count.get()));
    }

    private CompletionStage<Void> byGroup(
            UserFilter filter, List<SiteId> sites, Map<SiteId, Site> names, Sink<Listed> sink) {
        return Many.each(sites, 1, site -> {
            GroupId group = new GroupId(site, filter.group().orElseThrow());
            return Paging.through(
                    from -> cluster.geoDb().users().inGroup(group, from, Paging.PAGE_SIZE),
                    users -> sink.accept(wanted(users, filter, names)).thenApply(taken -> true));
        });
    }

    /** By the table of all users: one read brings many of them, while the list of a group reads each by itself. */
    private CompletionStage<Void> all(
            UserFilter filter, List<SiteId> sites, Map<SiteId, Site> names, Sink<Listed> sink) {
        boolean anySite = filter.site().isEmpty();
        return Paging.through(from -> cluster.geoDb().users().list(from, Paging.PAGE_SIZE), users -> sink.accept(wanted(
                        users.stream()
                                .filter(user ->
                                        anySite || sites.contains(user.home().site()))
                                .toList(),
                        filter,
                        names))
                .thenApply(taken -> true));
    }

    private static List<Listed> wanted(List<User> users, UserFilter filter, Map<SiteId, Site> names) {
        return users.stream()
                .filter(user -> filter.names().test(user.key().value()))
                .map(user -> new Listed(user, name(names, user.home().site())))
                .toList();
    }
}
