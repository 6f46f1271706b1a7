package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.pombal.model.backend.HostName;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.relay.Judge;
import org.pombal.node.routing.Routes;

/** What a node beside a backend does on its three sockets. */
public final class BackendRole {

    private final AcceptedLogins accepted = new AcceptedLogins(System::nanoTime);
    private final ServingProcesses processes = new ServingProcesses();
    private final LoginJudge logins;
    private final LookupJudge lookups;
    private final MasterJudge mailProcesses;

    /**
     * Puts the role together.
     *
     * @param self the name of this backend in GeoDB
     * @param fields how other backends are reached
     * @param userdbSocket Dovecot's own socket for userdb lookups; its rights hold on ours
     */
    public BackendRole(
            HostName self,
            Routes routes,
            HostAddresses addresses,
            DestinationFields fields,
            Path userdbSocket,
            PrometheusRegistry registry) {
        requireNonNull(self, "self is null");
        BackendMetrics metrics = new BackendMetrics(registry);
        Gate gate = new Gate(routes.admissions(self), new PinnedUsers(System::nanoTime));
        SendOn sendOn = new SendOn(self, routes.destinations(addresses), fields, metrics);
        Arrivals arrivals = new Arrivals(gate, sendOn, metrics);
        Openings openings = new Openings(gate, sendOn, processes, metrics);
        logins = new LoginJudge(arrivals, accepted);
        lookups = new LookupJudge(arrivals, openings, gate, sendOn, new UserdbRights(userdbSocket), metrics);
        mailProcesses = new MasterJudge(openings, accepted);
        gauge(
                registry,
                "pombal_backend_pending_logins",
                "Logins let in that no mail process took over yet",
                accepted::size);
        gauge(registry, "pombal_backend_processes", "Processes that may have mailboxes open", processes::processCount);
        gauge(registry, "pombal_backend_users", "Users whose mailboxes may be open", processes::userCount);
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }

    /** Judges what login processes ask. */
    public Judge logins() {
        return logins;
    }

    /** Judges what lmtp, doveadm, indexer-worker and their like ask. */
    public Judge lookups() {
        return lookups;
    }

    /** Judges what mail processes ask after a login. */
    public Judge mailProcesses() {
        return mailProcesses;
    }

    /** The processes that may have this user's mailbox open. */
    public Set<Integer> pidsOf(UserKey user) {
        return processes.pidsOf(user);
    }

    /** Forgets processes that have ended and logins that auth has forgotten. To be called every second or so. */
    public void sweep() {
        accepted.sweep();
        processes.sweep();
    }
}
