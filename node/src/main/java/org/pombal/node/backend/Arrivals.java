package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.user.UserKey;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.RouteKey;

/**
 * Judges users who arrive, by a login or a passdb lookup: one of this backend passes, a foreign one is sent on. What the
 * backend's own passdb says about another host goes first.
 */
final class Arrivals {

    private final Gate gate;
    private final SendOn sendOn;
    private final BackendMetrics metrics;

    Arrivals(Gate gate, SendOn sendOn, BackendMetrics metrics) {
        this.gate = requireNonNull(gate, "gate is null");
        this.sendOn = requireNonNull(sendOn, "sendOn is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /**
     * The verdict on auth's reply.
     *
     * @param line holds the reply in {@code [from, to)}
     * @param onServed is told the user before he is let in
     */
    Verdict judge(
            Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to, Consumer<UserKey> onServed) {
        if (reply.proxy() || reply.nologin()) {
            return Verdict.FORWARD;
        }
        Request request = exchange.request();
        Optional<UserKey> name = RouteKey.of(reply);
        if (name.isEmpty()) {
            return SendOn.withdrawnIfLogin(request, new Verdict.Reply(Replies.noSuchUser(request)));
        }
        UserKey user = name.get();
        if (request.hop().pinned()) {
            gate.pin(user);
        }
        if (gate.isKnownToBeServed(user)) {
            return serve(request, user, onServed);
        }
        byte[] copy = Arrays.copyOfRange(line, from, to + 1);
        return new Verdict.Later(gate.decide(user).thenCompose(decision -> {
            if (decision.isServed()) {
                return CompletableFuture.completedFuture(serve(request, user, onServed));
            }
            return decision.isForeign()
                    ? sendOn.verdict(exchange, reply, copy, user, decision.fresh())
                    : CompletableFuture.completedFuture(sendOn.refuse(request, user, decision.admission()));
        }));
    }

    private Verdict serve(Request request, UserKey user, Consumer<UserKey> onServed) {
        metrics.judged(request, BackendMetrics.Outcome.SERVED);
        onServed.accept(user);
        return Verdict.FORWARD;
    }
}
