package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import org.pombal.dovecot.auth.LoginReference;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.Verdict;

/** Judges what login processes ask. */
final class LoginJudge implements Judge {

    private final Arrivals arrivals;

    LoginJudge(Arrivals arrivals) {
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
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
        Request request = exchange.request();
        return arrivals.judge(
                exchange,
                reply,
                line,
                from,
                to,
                new Arrival.Way.Login(new LoginReference(exchange.loginPid(), request.id())));
    }
}
