package org.pombal.simulation.decisions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/** What proxies report of the minute that ends now. */
final class Reports {

    private final Instant until;
    private final List<DestinationStatistics> rows = new ArrayList<>();

    Reports(Instant until) {
        this.until = until;
    }

    List<DestinationStatistics> rows() {
        return rows;
    }

    void probes(int proxy, Backend backend, int ended, double failing) {
        add(proxy, backend, Traffic.PROBES, FailureKind.CONNECT, ended, failing, 20);
    }

    /** @param latency in milliseconds */
    void sessions(int proxy, Backend backend, int ended, double failing, int latency) {
        add(proxy, backend, Traffic.SESSIONS, FailureKind.CONNECT, ended, failing, latency);
    }

    void refused(int proxy, Backend backend, int ended, double failing) {
        add(proxy, backend, Traffic.SESSIONS, FailureKind.AUTHENTICATION, ended, failing, 60);
    }

    /** Sessions that ended in what says nothing about the backend, such as a temporary refusal by the proxy. */
    void excluded(int proxy, Backend backend, int attempts) {
        add(proxy, backend, Traffic.SESSIONS, new Counts(attempts, 0, Map.of(), Duration.ZERO));
    }

    private void add(
            int proxy, Backend backend, Traffic traffic, FailureKind kind, int ended, double failing, int latency) {
        long failures = Math.round(ended * failing);
        long successes = ended - failures;
        add(
                proxy,
                backend,
                traffic,
                new Counts(ended, successes, Map.of(kind, failures), Duration.ofMillis(latency * successes)));
    }

    private void add(int proxy, Backend backend, Traffic traffic, Counts counts) {
        rows.add(new DestinationStatistics(
                backend.site(),
                new HostName("proxy" + proxy),
                new ProxyDestination.OfBackend(backend.id()),
                traffic,
                until.minus(Duration.ofMinutes(1)),
                until,
                counts));
    }
}
