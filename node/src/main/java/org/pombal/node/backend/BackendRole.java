package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.relay.Judge;
import org.pombal.node.routing.Routes;

/** What a node beside a backend does on its three sockets. */
public final class BackendRole {

    private final LoginJudge logins;
    private final LookupJudge lookups;
    private final MasterJudge mailProcesses;

    /**
     * Puts the role together.
     *
     * @param self the name of this backend in GeoDB
     * @param testUser who tries this backend and no other; empty if there is none
     * @param doorway where it is decided who is let in
     * @param backends the host name of a backend of this site
     * @param here this site; empty while it is not known
     * @param fields how other backends are reached
     * @param userdbSocket Dovecot's own socket for userdb lookups; its rights hold on ours
     */
    public BackendRole(
            HostName self,
            Optional<UserKey> testUser,
            Doorway doorway,
            Routes routes,
            Function<BackendId, Optional<HostName>> backends,
            Supplier<Optional<SiteId>> here,
            HostAddresses addresses,
            DestinationFields fields,
            Path userdbSocket,
            PrometheusRegistry registry) {
        requireNonNull(self, "self is null");
        BackendMetrics metrics = new BackendMetrics(registry);
        Gate gate = new Gate(doorway, routes.admissions(self), new PinnedUsers(System::nanoTime), testUser);
        Elsewhere elsewhere = new Elsewhere(backends, addresses, routes.destinations(addresses));
        SendOn sendOn = new SendOn(self, elsewhere, fields, metrics, here);
        Arrivals arrivals = new Arrivals(gate, sendOn, metrics);
        Openings openings = new Openings(gate, sendOn, metrics);
        logins = new LoginJudge(arrivals);
        lookups = new LookupJudge(arrivals, openings, gate, sendOn, new UserdbRights(userdbSocket), metrics);
        mailProcesses = new MasterJudge(openings);
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
}
