package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.Request;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.routing.Route;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.routing.Answer;
import org.pombal.node.routing.Destination;

/**
 * Sends users whose group is being handed over straight to where they are served: the source is asked, which answers when it has let the
 * user go. So the new session does not go through the old backend, as a proxy of 2.3 would have it. Where the source does not answer, the
 * user goes there all the same, and is sent on or held there.
 */
public final class MovingUsers {

    private final Source source;
    private final Function<BackendId, Optional<HostName>> backends;
    private final HostAddresses addresses;

    /** The nodes of backends that hand groups over. */
    @FunctionalInterface
    public interface Source {

        /** Where that backend's node says that the user is to be served; may fail. */
        CompletionStage<Arrival.Outcome> where(BackendId backend, UserKey user, HoldLimits.Kind kind);
    }

    /** @param backends the host name of a backend of this site */
    public MovingUsers(Source source, Function<BackendId, Optional<HostName>> backends, HostAddresses addresses) {
        this.source = requireNonNull(source, "source is null");
        this.backends = requireNonNull(backends, "backends is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
    }

    /** Whether the user's group is being handed over, so that the source has to be asked. */
    static boolean isMoving(Answer.Go known) {
        return known.route() instanceof Route.ToBackend route && route.group().isInHandover();
    }

    /** The answer to use. Never fails. */
    CompletionStage<Answer.Go> answer(Request request, UserKey user, Answer.Go known) {
        if (!(known.route() instanceof Route.ToBackend route)) {
            return CompletableFuture.completedFuture(known);
        }
        return source.where(route.backend().id(), user, kindOf(request))
                .thenCompose(outcome -> outcome instanceof Arrival.Outcome.Elsewhere elsewhere
                        ? to(elsewhere.backend(), known)
                        : CompletableFuture.completedFuture(known))
                .exceptionally(failure -> known);
    }

    private CompletionStage<Answer.Go> to(BackendId backend, Answer.Go known) {
        Optional<HostName> host = backends.apply(backend);
        return host.isEmpty()
                ? CompletableFuture.completedFuture(known)
                : addresses
                        .find(host.get().value())
                        .thenApply(address ->
                                new Answer.Go(new Destination(host.get().value(), address), known.route()));
    }

    private static HoldLimits.Kind kindOf(Request request) {
        boolean delivery = request.protocol()
                .filter(protocol -> protocol == MailProtocol.LMTP || protocol == MailProtocol.DOVEADM)
                .isPresent();
        return delivery ? HoldLimits.Kind.DELIVERY : HoldLimits.Kind.LOGIN;
    }
}
