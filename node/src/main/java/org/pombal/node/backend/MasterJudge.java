package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import org.pombal.dovecot.auth.LineParser;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.RouteKey;

/** Judges a login once more when a mail process takes it over. */
final class MasterJudge implements Judge {

    private final Openings openings;

    MasterJudge(Openings openings) {
        this.openings = requireNonNull(openings, "openings is null");
    }

    @Override
    public Verdict onRequest(Exchange exchange, byte[] line, int from, int to) {
        Request request = exchange.request();
        return request.kind() == Request.Kind.MASTER
                ? new Verdict.Rewrite(new LineParser().withoutSessionPid(line, from, to))
                : Verdict.FORWARD;
    }

    @Override
    public Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to) {
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onFound(Exchange exchange, ServerLine.Found reply) {
        return RouteKey.of(reply.user())
                .map(user -> openings.session(exchange, user))
                .orElseGet(() -> new Verdict.Reply(Replies.temporaryFailure(exchange.request(), "")));
    }
}
