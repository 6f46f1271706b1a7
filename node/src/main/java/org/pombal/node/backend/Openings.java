package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import org.pombal.dovecot.auth.Request;
import org.pombal.model.user.UserKey;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Verdict;

/**
 * Judges processes that are about to open a user's mailbox: the last step, at which nobody can be sent on any more. From
 * here on it is known which process serves whom.
 */
final class Openings {

    private final Gate gate;
    private final SendOn sendOn;
    private final ServingProcesses processes;
    private final BackendMetrics metrics;

    Openings(Gate gate, SendOn sendOn, ServingProcesses processes, BackendMetrics metrics) {
        this.gate = requireNonNull(gate, "gate is null");
        this.sendOn = requireNonNull(sendOn, "sendOn is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** The verdict on the reply that would let the process open the mailbox. */
    Verdict judge(Exchange exchange, UserKey user) {
        Request request = exchange.request();
        if (request.hop().pinned()) {
            gate.pin(user);
        }
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
