package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Conditional;
import org.pombal.controller.http.ETag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.model.share.UserShare;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.operations.AwayUsers;
import org.pombal.operations.Cluster;
import org.pombal.operations.Outcome;
import org.pombal.operations.SiteFailoverOperations;
import org.pombal.operations.SiteFailoverOperations.Listed;

/** Has other sites take the users of a lost one over, and send them home. Nodes carry it out. */
@Tag(name = "Site failovers")
@Controller("/api/v1")
@Secured(Roles.VIEWER)
final class FailoverRoutes {

    private static final int FASTEST = 100_000;

    /**
     * The failover of a site.
     *
     * @param phase none; declared: begins shortly, unless the site comes back; active: others take its users; recovering: they come home
     * @param term how many of the site's failovers have become active
     * @param byOperator whether an operator declared it; then only an operator ends it
     * @param takenBy the sites that take its users, each with its share
     * @param rate users a second that each site moves, besides those who log in
     * @param paused whether users are moved only when they log in
     * @param recovering percentage of those who were taken over that comes home; absent if all do, or nobody yet
     * @param relapses how often it followed soon after the one before
     */
    @Schema(name = "SiteFailover")
    record FailoverBody(
            String site,

            @Schema(
                    type = "string",
                    allowableValues = {"none", "declared", "active", "recovering"})
            String phase,

            long term,
            boolean byOperator,
            Map<String, Integer> takenBy,
            int rate,
            boolean paused,
            Optional<Integer> recovering,
            int relapses,
            long version) {

        static FailoverBody of(Listed listed) {
            return new FailoverBody(
                    listed.site(),
                    listed.row().phase().toString(),
                    listed.row().term(),
                    listed.row().byOperator(),
                    listed.shares(),
                    listed.row().rate(),
                    listed.row().paused(),
                    listed.row().returning().map(UserShare::percentage),
                    listed.row().relapses(),
                    listed.row().version());
        }
    }

    /**
     * How many users of a site are with other sites.
     *
     * @param more whether there are more: it is counted up to 10,000 users and 10,000 groups
     */
    @Schema(name = "UsersAway")
    record AwayBody(int users, boolean more) {

        static AwayBody of(AwayUsers.Count count) {
            return new AwayBody(count.users(), count.more());
        }
    }

    /** @param rate users a second that each site moves, 1 to 100,000 */
    @Schema(name = "NewSiteFailover")
    record NewFailover(int rate) {}

    /**
     * What is to change; what is absent stays.
     *
     * @param rate users a second that each site moves, 1 to 100,000
     * @param paused whether users are moved only when they log in
     */
    @Schema(name = "SiteFailoverChange")
    record Change(Optional<Integer> rate, Optional<Boolean> paused) {}

    private final Cluster cluster;
    private final Changes changes;

    FailoverRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    /** Lists the failovers of all sites, also of those that never had one. */
    @Get("/site-failovers")
    CompletionStage<Items<FailoverBody>> list() {
        return value(new SiteFailoverOperations(cluster, Answers.READING).list())
                .thenApply(all -> Items.all(all.stream().map(FailoverBody::of).toList()));
    }

    /** Counts the users of a site whom other sites have taken over and not sent home yet. */
    @Get("/sites/{site}/failover/users")
    CompletionStage<AwayBody> users(String site) {
        return value(new AwayUsers(cluster).count(site)).thenApply(AwayBody::of);
    }

    /** Declares that a site is lost: other sites take its users over once they have waited. */
    @Post("/sites/{site}/failover")
    @Conditional
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<FailoverBody>> start(HttpRequest<?> request, String site, @Body NewFailover wanted) {
        int rate = checked(wanted.rate());
        return changed(request, "site.failover.start", site, operations -> operations.start(site, rate));
    }

    /** Changes how fast users move, or pauses it. */
    @Patch("/sites/{site}/failover")
    @Conditional
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<FailoverBody>> pace(HttpRequest<?> request, String site, @Body Change change) {
        Input.requireAny(change.rate(), change.paused());
        OptionalInt rate =
                change.rate().map(value -> OptionalInt.of(checked(value))).orElseGet(OptionalInt::empty);
        return changed(
                request, "site.failover.update", site, operations -> operations.pace(site, rate, change.paused()));
    }

    /** Withdraws a failover that has not begun; otherwise has the users come home little by little. */
    @Delete("/sites/{site}/failover")
    @Conditional
    @Status(HttpStatus.ACCEPTED)
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<FailoverBody>> stop(HttpRequest<?> request, String site) {
        return changed(request, "site.failover.stop", site, operations -> operations.stop(site, OptionalInt.empty()));
    }

    private CompletionStage<Changed<FailoverBody>> changed(
            HttpRequest<?> request,
            String action,
            String site,
            Function<SiteFailoverOperations, CompletionStage<Outcome<Listed>>> step) {
        return before(cluster, site)
                .thenCompose(before -> changes.make(
                        request,
                        new What(action, "site " + site, before),
                        audit -> step.apply(new SiteFailoverOperations(
                                cluster, audit, ETag.required(request, SiteFailover::version))),
                        FailoverBody::of));
    }

    /** The failover as it is shown before it is changed; empty if there is no such site. */
    static CompletionStage<Optional<Object>> before(Cluster cluster, String site) {
        return value(new SiteFailoverOperations(cluster, Answers.READING).list())
                .thenApply(all -> all.stream()
                        .filter(listed -> listed.site().equals(site))
                        .<Object>map(FailoverBody::of)
                        .findFirst());
    }

    private static int checked(int rate) {
        if (rate < 1 || rate > FASTEST) {
            throw ProblemException.badRequest("rate: 1 to " + FASTEST + ", not " + rate);
        }
        return rate;
    }
}
