package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;

/** What an operator looks up about ways between sites. */
public final class ReachabilityOperations {

    /**
     * The way from one site to another.
     *
     * @param way what was said about it; empty if nothing ever was
     */
    public record Listed(String source, String destination, Optional<ReachabilityMatrix.Way> way) {

        /** {@code yes}, {@code no}, or {@code unknown}. */
        public String reachable() {
            return switch (way.map(ReachabilityMatrix.Way::word).orElse(ReachabilityMatrix.Word.NOTHING)) {
                case REACHES -> "yes";
                case DOES_NOT_REACH -> "no";
                case NOTHING -> "unknown";
            };
        }
    }

    private final Cluster cluster;
    private final Lookup lookup;

    public ReachabilityOperations(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    /**
     * All ways between sites, or those from one, or one of them.
     *
     * @param source name of the site from which
     * @param destination name of the site to which
     */
    public CompletionStage<Outcome<List<Listed>>> list(Optional<String> source, Optional<String> destination) {
        return Attempt.at(attempt -> lookup.sites(
                source,
                sources -> lookup.sites(destination, destinations -> {
                    List<SiteSight> sights = new ArrayList<>();
                    return Many.each(sources, 1, site -> cluster.geoDb()
                                    .reachability()
                                    .from(site.id())
                                    .thenAccept(sights::addAll))
                            .thenApply(done -> listed(sources, destinations, new ReachabilityMatrix(sights)));
                })));
    }

    private static List<Listed> listed(List<Site> sources, List<Site> destinations, ReachabilityMatrix matrix) {
        List<Listed> ways = new ArrayList<>();
        for (Site source : sources) {
            for (Site destination : destinations) {
                Optional<ReachabilityMatrix.Way> way = matrix.way(source.id(), destination.id());
                // Nobody looks at a site without a load balancer.
                boolean isLookedAt = destination.loadBalancer().isPresent() || way.isPresent();
                if (isLookedAt && !source.id().equals(destination.id())) {
                    ways.add(new Listed(source.name(), destination.name(), way));
                }
            }
        }
        return ways;
    }
}
