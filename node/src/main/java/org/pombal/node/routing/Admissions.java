package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.routing.Admission;
import org.pombal.model.routing.Route;
import org.pombal.model.user.UserKey;
import org.pombal.node.topology.Topology;

/**
 * Whether users are this backend's. Always answers within {@link Destinations#PATIENCE}, and never with an exception.
 */
public final class Admissions {

    private final RouteLookup routes;
    private final Topology topology;
    private final HostName self;
    private final RoutingMetrics metrics;

    /** @param self the name of this backend in GeoDB */
    Admissions(RouteLookup routes, Topology topology, HostName self, RoutingMetrics metrics) {
        this.routes = requireNonNull(routes, "routes is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.self = requireNonNull(self, "self is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** The admission if all it takes is in memory, or null. Never blocks. */
    public @Nullable Admission fromMemory(UserKey user) {
        @Nullable Route route = routes.fromMemory(user);
        if (route == null) {
            return null;
        }
        metrics.answeredFromMemory();
        return admission(route);
    }

    /** The admission as GeoDB has it now, whatever is remembered; places a user nobody knows. */
    public CompletionStage<Admission> findFresh(UserKey user) {
        return admission(routes.findFresh(user, Optional.empty()));
    }

    /** The admission that the user has, or would get at his first login; places nobody. */
    public CompletionStage<Admission> expected(UserKey user) {
        return admission(routes.expected(user));
    }

    /** The admission by the user's row in GeoDB; undecided if there is none. */
    public CompletionStage<Admission> recorded(UserKey user) {
        return routes.recorded(user)
                .thenApply(this::admission)
                .exceptionally(failure -> new Admission.Undecided(Failures.reason(failure)));
    }

    private CompletionStage<Admission> admission(CompletionStage<Route> route) {
        long started = System.nanoTime();
        CompletableFuture<Admission> answer =
                route.thenApply(this::admission).toCompletableFuture().copy();
        return answer.orTimeout(Destinations.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> new Admission.Undecided(Failures.reason(failure)))
                .thenApply(found -> {
                    metrics.lookupTook(System.nanoTime() - started);
                    if (found instanceof Admission.Undecided) {
                        metrics.failed();
                    }
                    return found;
                });
    }

    private Admission admission(Route route) {
        return topology.backend(self)
                .map(Backend::id)
                .map(id -> Admission.of(route, id))
                .orElseGet(() -> new Admission.Undecided("this backend, " + self + ", is not in GeoDB"));
    }
}
