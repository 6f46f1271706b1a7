package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.user.UserKey;
import org.pombal.node.ownership.Arrival;
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
     */
    Verdict judge(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to, Arrival.Way way) {
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
        byte[] copy = Arrays.copyOfRange(line, from, to + 1);
        return new Verdict.Later(gate.arrive(user, way, reply.tag()).thenCompose(outcome -> {
            if (outcome instanceof Arrival.Outcome.Served) {
                metrics.judged(request, BackendMetrics.Outcome.SERVED);
                return CompletableFuture.completedFuture(Verdict.FORWARD);
            }
            return sendOn.verdict(exchange, reply, copy, user, outcome);
        }));
    }
}
