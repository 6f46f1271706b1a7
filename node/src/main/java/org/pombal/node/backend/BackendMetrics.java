package org.pombal.node.backend;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import org.pombal.dovecot.auth.Request;

/** What the gate of a backend counts. */
final class BackendMetrics {

    private final Counter judged;
    private final Counter listed;

    /** What became of a user who arrived. */
    enum Outcome {
        SERVED,
        REFERRED,
        PROXIED,
        REFUSED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    BackendMetrics(PrometheusRegistry registry) {
        judged = Counter.builder()
                .name("pombal_backend_judged")
                .help("Users that arrived, by the kind of request and what became of it")
                .labelNames("kind", "outcome")
                .register(registry);
        listed = Counter.builder()
                .name("pombal_backend_listed_users")
                .help("Users of lists (doveadm -A), by whether they are this backend's")
                .labelNames("mine")
                .register(registry);
    }

    void judged(Request request, Outcome outcome) {
        judged.labelValues(request.kind().name(), outcome.label()).inc();
    }

    void listed(boolean mine) {
        listed.labelValues(String.valueOf(mine)).inc();
    }
}
