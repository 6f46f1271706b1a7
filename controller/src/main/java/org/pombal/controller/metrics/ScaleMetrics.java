package org.pombal.controller.metrics;

import java.time.Instant;
import java.util.Optional;
import org.pombal.controller.automation.ScaleReport;

/** How many backends a site should have. */
final class ScaleMetrics {

    private ScaleMetrics() {}

    /** What nobody has decided of late is left out, so that nobody acts on it. */
    static void add(Gauges gauges, String site, SiteFigures figures, Instant now) {
        Optional<ScaleReport> report = figures.scale().filter(one -> one.isFresh(now));
        gauges.add(
                "pombal_autoscaling_desired_backends",
                "How many backends the site should have",
                gauge -> report.ifPresent(one -> gauge.add(one.desired(), "site", site)));
        gauges.add(
                "pombal_autoscaling_platform_backends",
                "How many of the backends that are started and stopped are to run now; one that is being emptied runs on",
                gauge -> report.filter(ScaleReport::isCarriedOut)
                        .ifPresent(one -> gauge.add(one.running(), "site", site)));
        gauges.add(
                "pombal_autoscaling_problem",
                "1 if the scaler's answer is of no use, so that nothing changes",
                gauge -> report.ifPresent(one -> gauge.add(one.problem() == null ? 0 : 1, "site", site)));
    }
}
