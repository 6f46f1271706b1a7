package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;

/** Counts the users of a site whom other sites have taken over. */
public final class AwayUsers {

    /** Beyond that nobody needs to know it exactly, and it would take long. */
    private static final int MOST_USERS = 10_000;

    private static final int MOST_GROUPS = 10_000;

    private static final int PAGE = 1000;
    private static final int AT_ONCE = 16;

    /**
     * How many are away.
     *
     * @param more whether the counting ended before the users did
     */
    public record Count(int users, boolean more) {}

    private final Cluster cluster;
    private final Lookup lookup;

    public AwayUsers(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** Those who are at home in a site, and served by another until they come home. */
    public CompletionStage<Outcome<Count>> count(String siteName) {
        return Attempt.at(
                attempt -> lookup.site(siteName).thenCompose(site -> new Counting(site).from(Optional.empty())));
    }

    /** One counting while it lasts. */
    private final class Counting {

        private final Site site;
        private final AtomicInteger users = new AtomicInteger();
        private int groups;

        private Counting(Site site) {
            this.site = site;
        }

        private CompletionStage<Count> from(Optional<PageToken> place) {
            return cluster.geoDb().groups().list(site.id(), place, PAGE).thenCompose(this::counted);
        }

        private CompletionStage<Count> counted(Page<UserGroup> page) {
            groups += page.rows().size();
            List<GroupId> ids = page.rows().stream().map(UserGroup::id).toList();
            return Many.each(ids, AT_ONCE, group -> awayFrom(group, Optional.empty()))
                    .thenCompose(done -> page.next().isEmpty() || isEnough()
                            ? CompletableFuture.completedFuture(new Count(
                                    users.get(), isMany() || page.next().isPresent()))
                            : from(page.next()));
        }

        private boolean isMany() {
            return users.get() >= MOST_USERS;
        }

        private boolean isEnough() {
            return isMany() || groups >= MOST_GROUPS;
        }

        private CompletionStage<Void> awayFrom(GroupId group, Optional<PageToken> place) {
            return isMany()
                    ? CompletableFuture.completedFuture(null)
                    : cluster.geoDb().users().awayFrom(group, place, PAGE).thenCompose((Page<User> page) -> {
                        users.addAndGet(page.rows().size());
                        return page.next().isEmpty()
                                ? CompletableFuture.<Void>completedFuture(null)
                                : awayFrom(group, page.next());
                    });
        }
    }
}
