package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.operations.UserOperations.Listed;

/**
 * Searches users page by page. By group and by backend it reads their users only; otherwise it goes through all users of the cluster, a
 * page at a time, and returns those that fit: a page may be empty and not be the last.
 */
public final class UserSearch {

    /** So that a page of a backend with many small groups comes in a bounded time. */
    private static final int GROUPS_A_PAGE = 32;

    /**
     * What is searched.
     *
     * @param prefix how names begin; empty for any
     * @param site only users at home in this site
     * @param group only users of this group; goes with a site
     * @param backend only users of groups that this backend owns
     */
    public record Query(String prefix, Optional<String> site, Optional<String> group, Optional<HostName> backend) {

        public Query {
            requireNonNull(prefix, "prefix is null");
            requireNonNull(site, "site is null");
            requireNonNull(group, "group is null");
            requireNonNull(backend, "backend is null");
        }
    }

    /** A place in the users of a list of groups: in which of them, and where there. */
    private record Place(String group, Optional<PageToken> inside) {

        static Place parse(PageToken token) {
            String[] parts = token.value().split("\\|", 2);
            return new Place(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length == 2 ? Optional.of(new PageToken(parts[1])) : Optional.empty());
        }

        PageToken token() {
            return new PageToken(URLEncoder.encode(group, StandardCharsets.UTF_8)
                    + inside.map(token -> "|" + token.value()).orElse(""));
        }
    }

    private final Cluster cluster;
    private final Lookup lookup;

    public UserSearch(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /**
     * A page of what is found, in no order that has a meaning.
     *
     * @param from where to go on, or empty for the first page
     * @param pageSize about how many, 1 to 5000
     * @throws IllegalArgumentException if {@code from} is of no such search
     */
    public CompletionStage<Outcome<Page<Listed>>> page(Query query, Optional<PageToken> from, int pageSize) {
        return Attempt.at(attempt -> cluster.geoDb().sites().list().thenCompose(sites -> {
            Map<SiteId, String> names = sites.stream().collect(toMap(Site::id, Site::name));
            return found(query, from, pageSize)
                    .thenApply(page -> new Page<>(
                            page.rows().stream()
                                    .filter(user -> user.key().value().startsWith(query.prefix()))
                                    .map(user -> new Listed(
                                            user,
                                            names.getOrDefault(
                                                    user.home().site(),
                                                    user.home().site().toString())))
                                    .filter(listed -> query.site().isEmpty()
                                            || query.site().get().equals(listed.siteName()))
                                    .toList(),
                            page.next()));
        }));
    }

    private CompletionStage<Page<User>> found(Query query, Optional<PageToken> from, int pageSize) {
        if (query.backend().isPresent()) {
            return lookup.backend(query.backend().get())
                    .thenCompose(this::groupsOf)
                    .thenCompose(groups -> ofGroups(
                            groups.stream()
                                    .filter(group -> query.group().isEmpty()
                                            || query.group().get().equals(group.name()))
                                    .toList(),
                            from,
                            pageSize));
        }
        if (query.group().isPresent()) {
            String siteName = query.site().orElse(cluster.localSite());
            return lookup.site(siteName).thenCompose(site -> cluster.geoDb()
                    .users()
                    .inGroup(new GroupId(site.id(), query.group().get()), from, pageSize));
        }
        CompletionStage<?> siteIsThere =
                query.site().isPresent() ? lookup.site(query.site().get()) : completedFuture(null);
        return siteIsThere.thenCompose(done -> cluster.geoDb().users().list(from, pageSize));
    }

    private CompletionStage<List<GroupId>> groupsOf(Backend backend) {
        List<GroupId> owned = new ArrayList<>();
        return Paging.<UserGroup>through(
                        from -> cluster.geoDb().groups().list(backend.site(), from, Paging.PAGE_SIZE), groups -> {
                            groups.stream()
                                    .filter(group -> group.backend().equals(backend.id()))
                                    .map(UserGroup::id)
                                    .forEach(owned::add);
                            return completedFuture(true);
                        })
                .thenApply(done -> owned.stream()
                        .sorted((one, other) -> one.name().compareTo(other.name()))
                        .toList());
    }

    private CompletionStage<Page<User>> ofGroups(List<GroupId> groups, Optional<PageToken> from, int pageSize) {
        Optional<Place> place = from.map(Place::parse);
        List<GroupId> rest = groups.stream()
                .filter(group ->
                        place.isEmpty() || group.name().compareTo(place.get().group()) >= 0)
                .toList();
        // The group of the place may have moved away meanwhile; then it begins with the next one.
        Optional<PageToken> inside = place.filter(
                        its -> !rest.isEmpty() && rest.get(0).name().equals(its.group()))
                .flatMap(Place::inside);
        return collect(rest, 0, inside, pageSize, List.of());
    }

    private CompletionStage<Page<User>> collect(
            List<GroupId> groups, int at, Optional<PageToken> inside, int pageSize, List<User> sofar) {
        if (at == groups.size()) {
            return completedFuture(new Page<>(sofar, Optional.empty()));
        }
        if (sofar.size() >= pageSize || at >= GROUPS_A_PAGE) {
            return completedFuture(
                    new Page<>(sofar, Optional.of(new Place(groups.get(at).name(), inside).token())));
        }
        return cluster.geoDb()
                .users()
                .inGroup(groups.get(at), inside, pageSize - sofar.size())
                .thenCompose(page -> {
                    List<User> all =
                            Stream.concat(sofar.stream(), page.rows().stream()).toList();
                    return page.next().isPresent()
                            ? completedFuture(new Page<>(
                                    all, Optional.of(new Place(groups.get(at).name(), page.next()).token())))
                            : collect(groups, at + 1, Optional.empty(), pageSize, all);
                });
    }
}
