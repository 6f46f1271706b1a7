package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.dovecot.auth.LineParser;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.user.UserKey;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.RouteKey;

/**
 * Judges a login once more when a mail process takes it over: the last step before the mailbox is opened. From then on it
 * is known which process serves whom.
 */
final class MasterJudge implements Judge {

    private final Gate gate;
    private final SendOn sendOn;
    private final AcceptedLogins accepted;
    private final ServingProcesses processes;
    private final BackendMetrics metrics;

    MasterJudge(Gate gate, SendOn sendOn, AcceptedLogins accepted, ServingProcesses processes, BackendMetrics metrics) {
        this.gate = requireNonNull(gate, "gate is null");
        this.sendOn = requireNonNull(sendOn, "sendOn is null");
        this.accepted = requireNonNull(accepted, "accepted is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    @Override
    public Verdict onRequest(Exchange exchange, byte[] line, int from, int to) {
        exchange.request().login().ifPresent(accepted::take);
        return exchange.request().kind() == Request.Kind.MASTER
                ? new Verdict.Rewrite(new LineParser().withoutSessionPid(line, from, to))
                : Verdict.FORWARD;
    }

    @Override
    public Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to) {
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onFound(Exchange exchange, ServerLine.Found reply) {
        Request request = exchange.request();
        Optional<UserKey> name = RouteKey.of(reply.user());
        if (name.isEmpty()) {
            return new Verdict.Reply(Replies.temporaryFailure(request, ""));
        }
        UserKey user = name.get();
        if (gate.isKnownToBeServed(user)) {
            return serve(exchange, user);
        }
        return new Verdict.Later(gate.decide(user)
                .thenApply(decision -> decision.isServed()
                        ? serve(exchange, user)
                        : sendOn.refuse(request, user, decision.admission())));
    }

    private Verdict serve(Exchange exchange, UserKey user) {
        metrics.judged(exchange.request(), BackendMetrics.Outcome.SERVED);
        processes.add(exchange.peer().pid(), user);
        return Verdict.FORWARD;
    }
}
