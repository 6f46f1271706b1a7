package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;

/** What an operator does about the failover of a site. */
public final class SiteFailoverOperations {

    /**
     * A site's failover as it is shown.
     *
     * @param shares by name, of the sites that take its users
     */
    public record Listed(String site, SiteFailover row, Map<String, Integer> shares) {}

    private final Cluster cluster;
    private final Audit audit;
    private final Precondition<SiteFailover> required;
    private final Lookup lookup;

    public SiteFailoverOperations(Cluster cluster, Audit audit) {
        this(cluster, audit, Precondition.none());
    }

    /** @param required what the caller saw; nothing is changed if it is otherwise by now */
    public SiteFailoverOperations(Cluster cluster, Audit audit, Precondition<SiteFailover> required) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.required = requireNonNull(required, "required is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /** The failovers of all sites, also of those that never had one. */
    public CompletionStage<Outcome<List<Listed>>> list() {
        return Attempt.at(attempt -> cluster.geoDb()
                .sites()
                .list()
                .thenCombine(cluster.geoDb().siteFailovers().list(), (sites, rows) -> sites.stream()
                        .map(site -> listed(
                                site,
                                rows.stream()
                                        .filter(row -> row.site().equals(site.id()))
                                        .findFirst()
                                        .orElseGet(() -> SiteFailover.never(site.id())),
                                sites))
                        .toList()));
    }

    private static Listed listed(Site site, SiteFailover row, List<Site> sites) {
        Map<String, Integer> shares = new TreeMap<>();
        row.shares().forEach((id, share) -> shares.put(name(id, sites), share));
        return new Listed(site.name(), row, shares);
    }

    private static String name(SiteId id, List<Site> sites) {
        return sites.stream()
                .filter(site -> site.id().equals(id))
                .map(Site::name)
                .findFirst()
                .orElseGet(id::toString);
    }

    /** Declares it: others take the site's users over when they have waited. */
    public CompletionStage<Outcome<Listed>> start(String siteName, int rate) {
        return step(
                siteName,
                "is declared",
                row -> FailoverSteps.declared(row, true, false, rate),
                row -> "site '" + siteName + "' is failed over already: it is " + row.phase());
    }

    /** Withdraws it, or has the users come home. */
    public CompletionStage<Outcome<Listed>> stop(String siteName, OptionalInt rate) {
        return step(
                siteName,
                "ends",
                row -> row.phase() == FailoverPhase.DECLARED
                        ? FailoverSteps.withdrawn(row)
                        : FailoverSteps.recovering(row, rate.orElse(row.rate())),
                row -> "there is nothing to stop about site '" + siteName + "': its failover is " + row.phase());
    }

    /**
     * Has a share of the users come home whom others have taken over; a higher percentage adds users.
     *
     * @param id chooses which users; that of the share before, or made up, if empty
     * @param percentage 0 to 100
     */
    public CompletionStage<Outcome<Listed>> recover(String siteName, Optional<String> id, int percentage) {
        return step(
                siteName,
                "ends for " + percentage + " % of the users",
                row -> FailoverSteps.returning(
                        row,
                        new UserShare(
                                id.or(() -> row.returning().map(UserShare::id))
                                        .orElseGet(() -> UUID.randomUUID().toString()),
                                percentage)),
                row -> "site '" + siteName + "' has no users to come home: its failover is " + row.phase());
    }

    /** Another rate, a pause, or its end. */
    public CompletionStage<Outcome<Listed>> pace(String siteName, OptionalInt rate, Optional<Boolean> paused) {
        return step(
                siteName,
                "goes on otherwise",
                row -> row.phase() == FailoverPhase.NONE
                        ? Optional.empty()
                        : Optional.of(FailoverSteps.paced(row, rate.orElse(row.rate()), paused.orElse(row.paused()))),
                row -> "site '" + siteName + "' is in no failover");
    }

    private CompletionStage<Outcome<Listed>> step(
            String siteName,
            String what,
            Function<SiteFailover, Optional<SiteFailover>> next,
            Function<SiteFailover, String> objection) {
        return Attempt.at(attempt -> lookup.site(siteName).thenCompose(site -> cluster.geoDb()
                .siteFailovers()
                .find(site.id(), ReadLevel.SERIAL)
                .thenCompose(row -> required.require(row, "the failover of site '" + siteName + "'"))
                .thenCompose(row -> next.apply(row)
                        .map(wanted -> cluster.geoDb()
                                .siteFailovers()
                                .update(wanted)
                                .thenCompose(outcome -> {
                                    if (outcome instanceof Cas.Applied<SiteFailover> applied) {
                                        audit.changed(
                                                "failover of site " + siteName + " " + what + ": " + applied.row());
                                        return completedFuture(applied.row());
                                    }
                                    return Attempt.<SiteFailover>stop(
                                            new Obstacle.Conflict("somebody else changed the failover of site '"
                                                    + siteName + "' at the same time; nothing was changed"));
                                }))
                        .orElseGet(() -> Attempt.refuse(objection.apply(row))))
                .thenCompose(row -> cluster.geoDb().sites().list().thenApply(sites -> listed(site, row, sites)))));
    }
}
