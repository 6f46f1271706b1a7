package org.pombal.node;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.pombal.node.ownership.OwnershipStatus;

/** What a backend owns and serves, as numbers. */
final class OwnershipGauges {

    private OwnershipGauges() {}

    static void register(PrometheusRegistry registry, Supplier<OwnershipStatus> status) {
        Gauges gauges = new Gauges(registry, status);
        gauges.add(
                "pombal_backend_trusted",
                "Whether the lease is trusted and users are served",
                now -> now.obstacle().isEmpty() ? 1 : 0);
        gauges.add(
                "pombal_backend_trust_ratio",
                "Part of the time for which a renewal of the lease is trusted that is left; one second of it goes by between renewals",
                OwnershipStatus::trustLeft);
        gauges.add("pombal_backend_incarnation", "Incarnation of the lease; 0 without", OwnershipStatus::incarnation);
        gauges.add("pombal_backend_groups", "User groups that this backend owns", OwnershipStatus::groups);
        gauges.add("pombal_backend_moving_groups", "User groups that move from or to here", OwnershipStatus::moving);
        gauges.add("pombal_backend_held", "Logins and deliveries that wait to be let in", OwnershipStatus::waiting);
        gauges.add(
                "pombal_backend_pending_logins",
                "Logins let in that no mail process took over yet",
                OwnershipStatus::pendingLogins);
        gauges.add("pombal_backend_processes", "Processes that may have mailboxes open", OwnershipStatus::processes);
        gauges.add(
                "pombal_backend_older_processes",
                "Those of them of which nobody knows the user; they block moves",
                OwnershipStatus::olderProcesses);
        gauges.add("pombal_backend_users", "Users whose mailboxes may be open", OwnershipStatus::users);
    }

    private record Gauges(PrometheusRegistry registry, Supplier<OwnershipStatus> status) {

        void add(String name, String help, ToDoubleFunction<OwnershipStatus> value) {
            GaugeWithCallback.builder()
                    .name(name)
                    .help(help)
                    .callback(gauge -> gauge.call(value.applyAsDouble(status.get())))
                    .register(registry);
        }
    }
}
