package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.routing.Admission;
import org.pombal.model.user.UserKey;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.RouteKey;

/**
 * Judges what lmtp, doveadm, indexer-worker, lda and their like ask: passdb lookups as logins, userdb lookups of foreign
 * users are refused, and of lists only this backend's users are left.
 */
final class LookupJudge extends LoginJudge {

    private final UserdbRights rights;
    private final ServingProcesses processes;

    LookupJudge(
            Gate gate,
            SendOn sendOn,
            AcceptedLogins accepted,
            UserdbRights rights,
            ServingProcesses processes,
            BackendMetrics metrics) {
        super(gate, sendOn, accepted, metrics);
        this.rights = requireNonNull(rights, "rights is null");
        this.processes = requireNonNull(processes, "processes is null");
    }

    @Override
    public boolean needsCredentials() {
        return false;
    }

    @Override
    public Verdict onRequest(Exchange exchange, byte[] line, int from, int to) {
        Request request = exchange.request();
        return switch (rights.of(exchange.peer())) {
            case ALL -> Verdict.FORWARD;
            case OWN_USER_ID ->
                request.kind() == Request.Kind.USER
                        ? Verdict.FORWARD
                        : new Verdict.Reply(UserdbRights.refusal(request));
            case NONE -> new Verdict.Reply(UserdbRights.refusal(request));
        };
    }

    @Override
    public Verdict onFound(Exchange exchange, ServerLine.Found reply) {
        Request request = exchange.request();
        if (!rights.allow(exchange.peer(), reply.uid())) {
            return new Verdict.Reply(UserdbRights.refusal(request));
        }
        Optional<UserKey> name = RouteKey.of(reply.user());
        if (name.isEmpty()) {
            return new Verdict.Reply(Replies.noSuchUser(request));
        }
        UserKey user = name.get();
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

    @Override
    public Verdict onListed(Exchange exchange, ServerLine.Listed reply) {
        Optional<UserKey> user = RouteKey.of(reply.user());
        if (user.isEmpty()) {
            return Verdict.DROP;
        }
        if (gate.isKnownToBeServed(user.get())) {
            metrics.listed(true);
            return Verdict.FORWARD;
        }
        return new Verdict.Later(
                gate.expected(user.get()).thenApply(admission -> listed(exchange.request(), user.get(), admission)));
    }

    private Verdict listed(Request request, UserKey user, Admission admission) {
        if (admission instanceof Admission.Undecided undecided) {
            // A list that silently lacks users would be worse than none.
            sendOn.refuse(request, user, undecided.reason());
            return new Verdict.Reply(
                    new LineBuilder("DONE").number(request.id()).flag("fail").build());
        }
        boolean mine = admission instanceof Admission.Served;
        metrics.listed(mine);
        return mine ? Verdict.FORWARD : Verdict.DROP;
    }
}
