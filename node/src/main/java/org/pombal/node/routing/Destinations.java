package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.model.routing.Route;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a proxy connects for a user: the route, and an address for the host it names. Always answers within
 * {@link #PATIENCE}, and never with an exception.
 */
public final class Destinations {

    /** After this long a user gets a temporary failure. */
    public static final Duration PATIENCE = Duration.ofMillis(4_500);

    private static final Logger log = LoggerFactory.getLogger(Destinations.class);

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

    /** The answer for a user that Dovecot has accepted, looked up as far as need be; places a user nobody knows. */
    public CompletionStage<Answer> find(UserKey user) {
        return answer(routes.find(user));
    }

    /** The answer as GeoDB has it now, whatever is remembered. */
    public CompletionStage<Answer> findFresh(UserKey user) {
        return answer(routes.findFresh(user));
    }

    private CompletionStage<Answer> answer(CompletionStage<Route> route) {
        long started = System.nanoTime();
        CompletableFuture<Answer> answer =
                route.thenCompose(this::resolve).toCompletableFuture().copy();
        return answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(Destinations::unavailable)
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

    private static Answer unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LookupFailedException) {
            return new Answer.Unavailable(requireNonNull(cause.getMessage()));
        }
        if (cause instanceof GeoDbUnavailableException || cause instanceof UnknownOutcomeException) {
            return new Answer.Unavailable("GeoDB: " + cause.getMessage());
        }
        if (cause instanceof UnknownHostException) {
            return new Answer.Unavailable("the host name does not resolve: " + cause.getMessage());
        }
        if (cause instanceof TimeoutException) {
            return new Answer.Unavailable("no answer from GeoDB within " + PATIENCE.toMillis() + " ms");
        }
        log.error("internal error while routing a user", cause);
        return new Answer.Unavailable("internal error: " + cause);
    }
}
