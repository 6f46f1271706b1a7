package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.dovecot.auth.Request;
import org.pombal.model.user.UserKey;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Verdict;
import org.pombal.node.session.ProcessId;

/**
 * Judges processes that are about to open a user's mailbox: the last step, at which nobody can be sent on any more. From
 * here on it is known which process serves whom.
 */
final class Openings {

    private final Gate gate;
    private final SendOn sendOn;
    private final BackendMetrics metrics;

    Openings(Gate gate, SendOn sendOn, BackendMetrics metrics) {
        this.gate = requireNonNull(gate, "gate is null");
        this.sendOn = requireNonNull(sendOn, "sendOn is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** The verdict on the reply that would let a process open the mailbox that serves no login. */
    Verdict opening(Exchange exchange, UserKey user) {
        return processOf(exchange)
                .map(process -> judge(exchange, user, new Arrival.Way.Opening(process)))
                .orElseGet(() -> gone(exchange, user));
    }

    /** The verdict on the reply that would let a mail process begin a session. */
    Verdict session(Exchange exchange, UserKey user) {
        Optional<LoginReference> login = exchange.request().login();
        return processOf(exchange)
                .map(process -> judge(exchange, user, new Arrival.Way.Session(process, login)))
                .orElseGet(() -> gone(exchange, user));
    }

    private static Optional<ProcessId> processOf(Exchange exchange) {
        int pid = exchange.peer().pid();
        OptionalLong start = ProcessId.startTicksOf(pid);
        return start.isPresent() ? Optional.of(new ProcessId(pid, start.getAsLong())) : Optional.empty();
    }

    private Verdict gone(Exchange exchange, UserKey user) {
        return sendOn.refuse(
                exchange.request(), user, "process " + exchange.peer().pid() + " has ended");
    }

    private Verdict judge(Exchange exchange, UserKey user, Arrival.Way way) {
        Request request = exchange.request();
        if (request.hop().pinned()) {
            gate.pin(user);
        }
        return new Verdict.Later(gate.arrive(user, way, Optional.empty()).thenApply(outcome -> {
            if (outcome instanceof Arrival.Outcome.Served) {
                metrics.judged(request, BackendMetrics.Outcome.SERVED);
                return Verdict.FORWARD;
            }
            return sendOn.refuse(request, user, outcome);
        }));
    }
}
