package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Obstacle.NotFound;
import org.pombal.operations.Obstacle.Thing;

/** Users who are on the way out of their groups: shows them, and takes it back. {@link Departures} begins it. */
public final class UserMoves {

    private final Cluster cluster;
    private final Lookup lookup;
    private final DepartureSteps steps;

    public UserMoves(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.lookup = new Lookup(cluster.geoDb());
        this.steps = new DepartureSteps(cluster, audit);
    }

    /** What goes on with a user; an obstacle if nothing does. */
    public CompletionStage<Outcome<UserMoveView>> find(UserKey key) {
        return Attempt.at(attempt -> new UserRows(cluster.geoDb())
                .find(key)
                .thenCompose(user -> cluster.geoDb().groups().find(user.home(), ReadLevel.QUORUM))
                .thenCompose(group -> group.filter(row -> row.leaving().containsKey(key))
                                .isPresent()
                        ? view(group.get(), key)
                        : Attempt.stop(new NotFound(Thing.USER, "user '" + key + "' does not move, or not any more"))));
    }

    private CompletionStage<UserMoveView> view(UserGroup group, UserKey key) {
        return cluster.geoDb().sites().list().thenCompose(sites -> hosts(
                        group.id().site())
                .thenApply(hosts -> view(group, key, sites, hosts)));
    }

    private CompletionStage<Map<BackendId, String>> hosts(SiteId site) {
        return cluster.geoDb().backends().list(site).thenApply(backends -> backends.stream()
                .collect(toMap(Backend::id, backend -> backend.host().value())));
    }

    private static UserMoveView view(UserGroup group, UserKey key, List<Site> sites, Map<BackendId, String> hosts) {
        Departure departure = requireNonNull(group.leaving().get(key));
        Optional<GroupId> target = departure.target().filter(id -> !departure.isStayIn(group.id()));
        return new UserMoveView(
                key,
                DepartureSteps.siteName(group.id().site(), sites),
                group,
                hosts.getOrDefault(group.backend(), group.backend().toString()),
                departure,
                target.map(id -> DepartureSteps.siteName(id.site(), sites)));
    }

    /**
     * A page of the users who are leaving groups of a site.
     *
     * @param from where to go on, or empty for the first page
     * @param groups of about how many groups, 1 to 5000; of most of them nobody leaves
     */
    public CompletionStage<Outcome<Page<UserMoveView>>> page(String siteName, Optional<PageToken> from, int groups) {
        return Attempt.at(attempt -> lookup.site(siteName)
                .thenCompose(site ->
                        cluster.geoDb().groups().list(site.id(), from, groups).thenCompose(page -> shown(site, page))));
    }

    private CompletionStage<Page<UserMoveView>> shown(Site site, Page<UserGroup> page) {
        if (page.rows().stream().allMatch(group -> group.leaving().isEmpty())) {
            return completedFuture(new Page<>(List.of(), page.next()));
        }
        return cluster.geoDb().sites().list().thenCompose(sites -> hosts(site.id())
                .thenApply(hosts -> new Page<>(
                        page.rows().stream()
                                .flatMap(group ->
                                        group.leaving().keySet().stream().map(user -> view(group, user, sites, hosts)))
                                .toList(),
                        page.next())));
    }

    /**
     * Takes back that a user moves or is deleted. What has been written into the user's row stands; until then the user stays, once the
     * owner of the group has written that row as it is.
     *
     * @param expected of the user's row
     */
    public CompletionStage<Outcome<StartedUserMove>> withdraw(UserKey key, Precondition<User> expected) {
        return Attempt.at(attempt -> new UserRows(cluster.geoDb())
                .findExpected(key, expected)
                .thenCompose(user -> cluster.geoDb().sites().list().thenCompose(sites -> {
                    String from = DepartureSteps.shown(user.home(), sites);
                    return cluster.geoDb()
                            .groups()
                            .find(user.home(), ReadLevel.SERIAL)
                            .thenCompose(source -> source.isEmpty()
                                    ? Attempt.<UserGroup>refuse("user '" + key + "' does not move: group " + from
                                            + " does not exist yet, or is removed")
                                    : steps.ownGroup(source.get(), sites))
                            .thenCompose(own -> steps.withdraw(attempt, user, own, stay(user), from));
                })));
    }

    private Departure stay(User user) {
        return Departure.stay(MoveId.random(), user.home())
                .asked(steps.operator(), cluster.clock().instant());
    }
}
