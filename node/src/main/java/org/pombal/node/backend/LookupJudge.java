package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.routing.Admission;
import org.pombal.model.user.UserKey;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.RouteKey;

/**
 * Judges what lmtp, doveadm, indexer-worker, lda and their like ask: passdb lookups as logins, userdb lookups of foreign
 * users are refused, and of lists only this backend's users are left.
 */
final class LookupJudge implements Judge {

    private final Arrivals arrivals;
    private final Openings openings;
    private final Gate gate;
    private final SendOn sendOn;
    private final UserdbRights rights;
    private final BackendMetrics metrics;

    LookupJudge(
            Arrivals arrivals,
            Openings openings,
            Gate gate,
            SendOn sendOn,
            UserdbRights rights,
            BackendMetrics metrics) {
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.openings = requireNonNull(openings, "openings is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.sendOn = requireNonNull(sendOn, "sendOn is null");
        this.rights = requireNonNull(rights, "rights is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
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
    public Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to) {
        return arrivals.judge(exchange, reply, line, from, to, new Arrival.Way.Lookup(HoldLimits.Kind.DELIVERY));
    }

    @Override
    public Verdict onFound(Exchange exchange, ServerLine.Found reply) {
        Request request = exchange.request();
        if (!rights.allow(exchange.peer(), reply.uid())) {
            return new Verdict.Reply(UserdbRights.refusal(request));
        }
        return RouteKey.of(reply.user())
                .map(user -> openings.opening(exchange, user))
                .orElseGet(() -> new Verdict.Reply(Replies.noSuchUser(request)));
    }

    @Override
    public Verdict onListed(Exchange exchange, ServerLine.Listed reply) {
        Optional<UserKey> user = RouteKey.of(reply.user());
        if (user.isEmpty()) {
            return Verdict.DROP;
        }
        if (gate.isKnownToBelongHere(user.get())) {
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
