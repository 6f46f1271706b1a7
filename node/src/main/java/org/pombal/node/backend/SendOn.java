package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.ownership.Arrival;
import org.pombal.node.proxy.DestinationFields;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends sessions on whose users belong elsewhere. */
final class SendOn {

    private static final Logger log = LoggerFactory.getLogger(SendOn.class);

    private final HostName self;
    private final Elsewhere elsewhere;
    private final DestinationFields fields;
    private final BackendMetrics metrics;
    private final Supplier<Optional<SiteId>> here;
    private final RateLimitedLog failures = new RateLimitedLog(log);

    /**
     * Prepared.
     *
     * @param fields how other backends are reached
     * @param here this site; empty while it is not known
     */
    SendOn(
            HostName self,
            Elsewhere elsewhere,
            DestinationFields fields,
            BackendMetrics metrics,
            Supplier<Optional<SiteId>> here) {
        this.self = requireNonNull(self, "self is null");
        this.elsewhere = requireNonNull(elsewhere, "elsewhere is null");
        this.fields = requireNonNull(fields, "fields is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.here = requireNonNull(here, "here is null");
    }

    /**
     * The verdict on a reply of auth about a user who is not served here.
     *
     * @param line the reply, newline included
     */
    CompletionStage<Verdict> verdict(
            Exchange exchange, ServerLine.Succeeded reply, byte[] line, UserKey user, Arrival.Outcome outcome) {
        return elsewhere
                .of(user, outcome)
                .thenApply(place -> verdict(
                        exchange,
                        reply,
                        line,
                        user,
                        SendOnChoice.choose(
                                exchange.request(),
                                place,
                                exchange.credentials().isPresent(),
                                self),
                        nextHop(exchange.request(), outcome)));
    }

    /** What the next hop is to know when this backend proxies the session on: who did, and which sites it has left. */
    private PreviousHop nextHop(Request request, Arrival.Outcome outcome) {
        PreviousHop next = request.hop().sentOnBy(self.value());
        Optional<SiteId> left = outcome instanceof Arrival.Outcome.OtherSite ? here.get() : Optional.empty();
        return left.map(site -> next.leaving(site, request.hop())).orElse(next);
    }

    private Verdict verdict(
            Exchange exchange,
            ServerLine.Succeeded reply,
            byte[] line,
            UserKey user,
            SendOnChoice.Choice choice,
            PreviousHop next) {
        Request request = exchange.request();
        if (choice instanceof SendOnChoice.Choice.GiveUp giveUp) {
            return refuse(request, user, giveUp.reason());
        }
        LineBuilder completed = new LineBuilder(line, 0, line.length - 1);
        if (choice instanceof SendOnChoice.Choice.Refer refer) {
            String address = refer.destination().address().getHostAddress();
            completed.flag("nologin").field("host", address);
            request.protocol().ifPresent(protocol -> fields.appendPort(completed, reply, protocol));
            logSentOn(request, "referred to", refer.destination().host());
            metrics.judged(request, BackendMetrics.Outcome.REFERRED);
        } else {
            SendOnChoice.Choice.ProxyOn proxyOn = (SendOnChoice.Choice.ProxyOn) choice;
            completed.flag("proxy");
            exchange.credentials().ifPresent(credentials -> credentials.appendTo(completed));
            fields.append(completed, request, reply, proxyOn.destination(), next);
            logSentOn(request, "proxied on to", proxyOn.destination().host());
            metrics.judged(request, BackendMetrics.Outcome.PROXIED);
        }
        return withdrawnIfLogin(request, new Verdict.Reply(completed.build()));
    }

    /** A temporary failure. */
    Verdict refuse(Request request, UserKey user, String reason) {
        metrics.judged(request, BackendMetrics.Outcome.REFUSED);
        failures.warn("temporary failure for user {}, session {}: {}", user, request.session(), reason);
        return withdrawnIfLogin(request, new Verdict.Reply(Replies.temporaryFailure(request, user.value())));
    }

    /** The same for somebody who cannot be sent on. */
    Verdict refuse(Request request, UserKey user, Arrival.Outcome outcome) {
        return refuse(
                request,
                user,
                outcome instanceof Arrival.Outcome.Refused refused
                        ? refused.reason()
                        : outcome instanceof Arrival.Outcome.OtherSite other
                                ? "belongs to site " + other.site()
                                : outcome instanceof Arrival.Outcome.Elsewhere place
                                        ? "belongs to backend " + place.backend()
                                        : "served here");
    }

    /** Auth keeps an accepted login until a mail process asks about it; none will. */
    static Verdict withdrawnIfLogin(Request request, Verdict.Reply reply) {
        return request.kind() == Request.Kind.AUTH ? reply.withdrawn() : reply;
    }

    private static void logSentOn(Request request, String how, String host) {
        log.atDebug().addKeyValue("session", request.session()).log("{} {}", how, host);
    }
}
