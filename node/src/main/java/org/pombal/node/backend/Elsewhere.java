package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.routing.Answer;
import org.pombal.node.routing.Destination;
import org.pombal.node.routing.Destinations;

/** Where those go on who do not belong here. Never fails. */
final class Elsewhere {

    /** What is known of such a place. */
    sealed interface Place {
        record At(Destination destination) implements Place {}

        record Nowhere(String reason) implements Place {}
    }

    private final Function<BackendId, Optional<HostName>> backends;
    private final HostAddresses addresses;
    private final Destinations destinations;

    /** @param backends the host name of a backend of this site */
    Elsewhere(Function<BackendId, Optional<HostName>> backends, HostAddresses addresses, Destinations destinations) {
        this.backends = requireNonNull(backends, "backends is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
        this.destinations = requireNonNull(destinations, "destinations is null");
    }

    CompletionStage<Place> of(UserKey user, Arrival.Outcome outcome) {
        if (outcome instanceof Arrival.Outcome.Elsewhere elsewhere) {
            return backends.apply(elsewhere.backend())
                    .map(this::resolve)
                    .orElseGet(() -> nowhere("belongs to backend " + elsewhere.backend() + ", which is not known"));
        }
        if (outcome instanceof Arrival.Outcome.OtherSite) {
            return destinations.findFresh(user).thenApply(Elsewhere::place);
        }
        return nowhere(
                outcome instanceof Arrival.Outcome.Refused refused ? refused.reason() : "the user is served here");
    }

    private CompletionStage<Place> resolve(HostName host) {
        return addresses.find(host.value()).handle((address, failure) -> {
            if (failure != null) {
                return new Place.Nowhere("belongs to " + host + ", a name that does not resolve");
            }
            return new Place.At(new Destination(host.value(), address));
        });
    }

    private static Place place(Answer answer) {
        return answer instanceof Answer.Go go
                ? new Place.At(go.destination())
                : new Place.Nowhere(((Answer.Unavailable) answer).reason());
    }

    private static CompletionStage<Place> nowhere(String reason) {
        return CompletableFuture.completedFuture(new Place.Nowhere(reason));
    }
}
