package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.pombal.model.node.NodeReport;
import org.pombal.model.site.Site;

/**
 * A proxy as it is shown.
 *
 * @param report what its node said last
 * @param rows how many rows of statistics it has
 * @param destinations names of the backends and sites that the rows are about, in order
 * @param at when this was read
 */
public record ProxyView(Site site, NodeReport report, int rows, List<String> destinations, Instant at) {

    public ProxyView {
        requireNonNull(site, "site is null");
        requireNonNull(report, "report is null");
        destinations = List.copyOf(destinations);
        requireNonNull(at, "at is null");
    }

    public boolean isStale() {
        return report.isStale(at);
    }

    public Duration age() {
        return report.age(at);
    }
}
