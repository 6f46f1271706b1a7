package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.user.UserKey;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.RouteKey;

/**
 * Judges logins and passdb lookups: a user of this backend passes, a foreign one is sent on. What the backend's own passdb
 * says about another host goes first.
 */
class LoginJudge implements Judge {

    final Gate gate;
    final SendOn sendOn;
    final BackendMetrics metrics;
    private final AcceptedLogins accepted;

    LoginJudge(Gate gate, SendOn sendOn, AcceptedLogins accepted, BackendMetrics metrics) {
        this.gate = requireNonNull(gate, "gate is null");
        this.sendOn = requireNonNull(sendOn, "sendOn is null");
        this.accepted = requireNonNull(accepted, "accepted is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    @Override
    public boolean needsCredentials() {
        return true;
    }

    @Override
    public Verdict onRequest(Exchange exchange, byte[] line, int from, int to) {
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to) {
        if (reply.proxy() || reply.nologin()) {
            return Verdict.FORWARD;
        }
        Request request = exchange.request();
        Optional<UserKey> name = RouteKey.of(reply);
        if (name.isEmpty()) {
            Verdict.Reply refusal = new Verdict.Reply(Replies.noSuchUser(request));
            return request.kind() == Request.Kind.AUTH ? refusal.withdrawn() : refusal;
        }
        UserKey user = name.get();
        if (request.hop().pinned()) {
            gate.pin(user);
        }
        if (gate.isKnownToBeServed(user)) {
            return serve(exchange, user);
        }
        byte[] copy = Arrays.copyOfRange(line, from, to + 1);
        return new Verdict.Later(gate.decide(user).thenCompose(decision -> {
            if (decision.isServed()) {
                return CompletableFuture.completedFuture(serve(exchange, user));
            }
            return decision.isForeign()
                    ? sendOn.verdict(exchange, reply, copy, user, decision.fresh())
                    : CompletableFuture.completedFuture(sendOn.refuse(request, user, decision.admission()));
        }));
    }

    private Verdict serve(Exchange exchange, UserKey user) {
        Request request = exchange.request();
        metrics.judged(request, BackendMetrics.Outcome.SERVED);
        if (request.kind() == Request.Kind.AUTH) {
            accepted.add(new LoginReference(exchange.loginPid(), request.id()), user);
        }
        return Verdict.FORWARD;
    }
}
