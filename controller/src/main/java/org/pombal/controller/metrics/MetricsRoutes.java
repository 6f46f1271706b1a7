package org.pombal.controller.metrics;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.pombal.controller.http.Outcomes.value;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pombal.controller.automation.ScaleReport;
import org.pombal.controller.automation.UsersCounted;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Roles;
import org.pombal.controller.site.Leadership;
import org.pombal.controller.task.TaskWatch;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.PageToken;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.FeatureOperations;
import org.pombal.operations.ProxyOperations;

/** The site in numbers. Read from GeoDB when somebody asks, at most each ten seconds: that goes through all groups of the site. */
@Tag(name = "Metrics")
@Controller
@Secured(Roles.VIEWER)
final class MetricsRoutes {

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int GROUPS_A_PAGE = 1000;

    private static final Audit READING = new Audit("metrics");

    private record Reading(Instant at, CompletionStage<SiteFigures> figures) {}

    private final Cluster cluster;
    private final Leadership leadership;
    private final TaskWatch tasks;
    private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

    MetricsRoutes(Cluster cluster, Leadership leadership, TaskWatch tasks) {
        this.cluster = cluster;
        this.leadership = leadership;
        this.tasks = tasks;
    }

    /** Shows the site in numbers, in OpenMetrics, if its feature metrics is on. */
    @Get("/metrics")
    @Produces(OpenMetricsTextFormatWriter.CONTENT_TYPE)
    CompletionStage<HttpResponse<byte[]>> metrics() {
        Instant now = cluster.clock().instant();
        return requireFeature()
                .thenCompose(done -> figures(now))
                .thenApply(figures ->
                        SiteMetrics.of(cluster.localSite(), figures, leadership.isHeld(), tasks.queues(), now))
                .thenApply(metrics -> HttpResponse.ok(text(metrics)));
    }

    private CompletionStage<Void> requireFeature() {
        return value(new FeatureOperations(cluster, READING).list(cluster.localSite()))
                .thenAccept(features -> {
                    boolean on = features.stream()
                            .anyMatch(row -> row.feature() == Feature.METRICS && row.state() == FeatureState.ON);
                    if (!on) {
                        throw new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "the feature metrics of site '" + cluster.localSite()
                                        + "' is not on; PUT /api/v1/sites/" + cluster.localSite()
                                        + "/features/metrics switches it");
                    }
                });
    }

    /** Several who ask at once share one reading; one that failed is not kept. */
    private CompletionStage<SiteFigures> figures(Instant now) {
        Reading known = last.get();
        if (known != null && now.isBefore(known.at().plus(KEPT))) {
            return known.figures();
        }
        CompletionStage<SiteFigures> figures = read();
        Reading reading = new Reading(now, figures);
        last.set(reading);
        return figures.whenComplete((read, failure) -> {
            if (failure != null) {
                last.compareAndSet(reading, null);
            }
        });
    }

    private CompletionStage<SiteFigures> read() {
        GeoDb geoDb = cluster.geoDb();
        return site().thenCompose(site -> geoDb.backends().list(site.id()).thenCompose(backends -> groups(
                        site, Optional.empty(), new ArrayList<>())
                .thenCompose(groups -> geoDb.nodes().list(site.id()).thenCompose(nodes -> value(
                                new ProxyOperations(cluster, READING).statistics(site.name()))
                        .thenCompose(statistics -> geoDb.backendLoads()
                                .list(site.id())
                                .thenCompose(loads -> note(site, UsersCounted.NOTE)
                                        .thenCompose(counted -> note(site, ScaleReport.NOTE)
                                                .thenApply(scale -> new SiteFigures(
                                                        backends,
                                                        groups,
                                                        nodes,
                                                        statistics,
                                                        loads,
                                                        counted.flatMap(UsersCounted::read),
                                                        scale.flatMap(ScaleReport::parse))))))))));
    }

    private CompletionStage<Optional<String>> note(Site site, String name) {
        return cluster.geoDb().automationNotes().find(site.id(), name).thenApply(found -> found.map(Note::text));
    }

    private CompletionStage<Site> site() {
        return cluster.geoDb().sites().list().thenApply(sites -> sites.stream()
                .filter(site -> site.name().equals(cluster.localSite()))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(HttpStatus.NOT_FOUND, "there is no site '" + cluster.localSite() + "'")));
    }

    private CompletionStage<List<UserGroup>> groups(Site site, Optional<PageToken> from, List<UserGroup> sofar) {
        return cluster.geoDb().groups().list(site.id(), from, GROUPS_A_PAGE).thenCompose(page -> {
            sofar.addAll(page.rows());
            return page.next().isPresent() ? groups(site, page.next(), sofar) : completedFuture(sofar);
        });
    }

    private static byte[] text(MetricSnapshots metrics) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            OpenMetricsTextFormatWriter.create().write(out, metrics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
