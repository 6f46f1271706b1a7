package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.model.routing.Route;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;

/**
 * Where a proxy connects for a user: the route, and an address for the host it names. Always answers within
 * {@link #PATIENCE}, and never with an exception.
 */
public final class Destinations {

    /** After this long a user gets a temporary failure. */
    public static final Duration PATIENCE = Duration.ofMillis(4_500);

    private final RouteLookup routes;
    private final HostAddresses addresses;
    private final RoutingMetrics metrics;

    Destinations(RouteLookup routes, HostAddresses addresses, RoutingMetrics metrics) {
        this.routes = requireNonNull(routes, "routes is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** The answer if it is in memory, or null. Never blocks. */
    public Answer.@Nullable Go fromMemory(UserKey user) {
        @Nullable Route route = routes.fromMemory(user);
        @Nullable String host = route == null ? null : hostOf(route);
        @Nullable InetAddress address = host == null ? null : addresses.known(host);
        if (route == null || host == null || address == null) {
            return null;
        }
        metrics.answeredFromMemory();
        return new Answer.Go(new Destination(host, address), route);
    }

    /**
     * The answer for a user that Dovecot has accepted, looked up as far as need be; places a user nobody knows.
     *
     * @param tag name of the tag that the sites must have on which such a user is placed
     */
    public CompletionStage<Answer> find(UserKey user, Optional<String> tag) {
        return answer(routes.find(user, tag));
    }

    /** The answer as GeoDB has it now, whatever is remembered. */
    public CompletionStage<Answer> findFresh(UserKey user) {
        return answer(routes.findFresh(user, Optional.empty()));
    }

    private CompletionStage<Answer> answer(CompletionStage<Route> route) {
        long started = System.nanoTime();
        CompletableFuture<Answer> answer =
                route.thenCompose(this::resolve).toCompletableFuture().copy();
        return answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> new Answer.Unavailable(Failures.reason(failure)))
                .thenApply(found -> {
                    metrics.lookupTook(System.nanoTime() - started);
                    if (found instanceof Answer.Unavailable) {
                        metrics.failed();
                    }
                    return found;
                });
    }

    private CompletionStage<Answer> resolve(Route route) {
        @Nullable String host = hostOf(route);
        if (host == null) {
            return CompletableFuture.completedFuture(new Answer.Unavailable(route.reason()));
        }
        return addresses.find(host).thenApply(address -> new Answer.Go(new Destination(host, address), route));
    }

    private static @Nullable String hostOf(Route route) {
        if (route instanceof Route.ToBackend toBackend) {
            return toBackend.backend().host().value();
        }
        return route instanceof Route.ToSite toSite ? toSite.loadBalancer() : null;
    }
}
