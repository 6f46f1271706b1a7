package org.pombal.controller.api;

import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.pombal.controller.change.Changed;
import org.pombal.controller.change.Changes;
import org.pombal.controller.change.Changes.What;
import org.pombal.controller.http.Flag;
import org.pombal.controller.http.Input;
import org.pombal.controller.http.Items;
import org.pombal.controller.security.Roles;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeReport;
import org.pombal.model.statistics.Counts;
import org.pombal.operations.Cluster;
import org.pombal.operations.ProxyOperations;
import org.pombal.operations.ProxyOperations.Statistics;
import org.pombal.operations.ProxyView;

/** What nodes report of themselves, and proxies of their destinations. */
@Tag(name = "Nodes")
@Controller("/api/v1/sites/{site}")
@Secured(Roles.VIEWER)
final class NodeRoutes {

    /**
     * A node, as it reported last.
     *
     * @param role proxy or backend
     * @param version of Pombal
     * @param dovecot the version of its Dovecot, if it is known
     * @param stale whether it has been silent for so long that it may be gone
     * @param lagMillis how far its knowledge of GeoDB is behind
     */
    @Schema(name = "Node")
    record NodeBody(
            String role,
            String name,
            String host,
            String version,
            Optional<String> dovecot,
            String dataCentre,
            Instant startedAt,
            Instant seenAt,
            boolean stale,
            Optional<Long> lagMillis) {

        static NodeBody of(NodeReport report, Instant now) {
            return new NodeBody(
                    report.id().role().toString(),
                    report.id().name().value(),
                    report.host(),
                    report.version(),
                    report.dovecot(),
                    report.dataCentre(),
                    report.startedAt(),
                    report.seenAt(),
                    report.isStale(now),
                    report.lag().map(Duration::toMillis));
        }
    }

    /**
     * How a proxy got on with a destination in its last window.
     *
     * @param destination the host name of a backend, or the name of a site
     * @param toSite whether it is a site
     * @param traffic what kind
     * @param attempts those under way, and those that say nothing about the destination, are neither successes nor failures
     * @param failures by kind
     * @param latencyMillis mean time to success; absent without one
     */
    @Schema(name = "ProxyStatistics")
    record StatisticsBody(
            String proxy,
            String destination,
            boolean toSite,
            String traffic,
            Instant from,
            Instant until,
            long attempts,
            long successes,
            Map<String, Long> failures,
            Optional<Long> latencyMillis) {

        static StatisticsBody of(Statistics statistics) {
            return new StatisticsBody(
                    statistics.row().proxy().value(),
                    statistics.destination(),
                    statistics.isSite(),
                    statistics.row().traffic().toString(),
                    statistics.row().from(),
                    statistics.row().until(),
                    statistics.row().counts().attempts(),
                    statistics.row().counts().successes(),
                    byKind(statistics.row().counts()),
                    statistics.row().counts().latency().map(Duration::toMillis));
        }
    }

    private static Map<String, Long> byKind(Counts counts) {
        Map<String, Long> failures = new TreeMap<>();
        counts.failures().forEach((kind, count) -> failures.put(kind.toString(), count));
        return failures;
    }

    /** A proxy of which nothing is known any more. */
    @Schema(name = "RemovedProxy")
    record ProxyBody(String site, String name, int rows) {

        static ProxyBody of(ProxyView view) {
            return new ProxyBody(view.site().name(), view.report().id().name().value(), view.rows());
        }
    }

    private final Cluster cluster;
    private final Changes changes;

    NodeRoutes(Cluster cluster, Changes changes) {
        this.cluster = cluster;
        this.changes = changes;
    }

    /** Lists the nodes of a site, backends' before proxies'. */
    @Get("/nodes")
    CompletionStage<Items<NodeBody>> nodes(String site) {
        Instant now = cluster.clock().instant();
        return value(new ProxyOperations(cluster, Answers.READING).nodes(site))
                .thenApply(nodes -> Items.all(
                        nodes.stream().map(node -> NodeBody.of(node, now)).toList()));
    }

    /** Lists how the proxies of a site get on with their destinations. */
    @Get("/proxy-statistics")
    CompletionStage<Items<StatisticsBody>> statistics(String site) {
        return value(new ProxyOperations(cluster, Answers.READING).statistics(site))
                .thenApply(
                        rows -> Items.all(rows.stream().map(StatisticsBody::of).toList()));
    }

    /** Removes what a proxy reported that is gone for good; with force also one that still reports, and so comes back. */
    @Delete("/proxies/{proxy}")
    @Secured(Roles.OPERATOR)
    CompletionStage<Changed<ProxyBody>> remove(
            HttpRequest<?> request, String site, String proxy, @QueryValue @Flag Optional<String> force) {
        boolean forced = Input.flag("force", force).orElse(false);
        HostName name = Input.parse("proxy", proxy, HostName::new);
        return before(site, name)
                .thenCompose(before -> changes.make(
                        request,
                        new What("proxy.remove", "proxy " + name + " of site " + site, before),
                        audit -> new ProxyOperations(cluster, audit).remove(name, Optional.of(site), forced),
                        ProxyBody::of));
    }

    /** What the proxy reported of itself last, if it did. */
    private CompletionStage<Optional<Object>> before(String site, HostName proxy) {
        return value(new ProxyOperations(cluster, Answers.READING).list(Optional.of(site)))
                .thenApply(proxies -> proxies.stream()
                        .filter(view -> view.report().id().name().equals(proxy))
                        .<Object>map(view -> NodeBody.of(view.report(), view.at()))
                        .findFirst());
    }
}
