package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.routing.Route;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.relay.Exchange;
import org.pombal.node.relay.Judge;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.Answer;
import org.pombal.node.routing.Destinations;
import org.pombal.node.routing.RouteKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beside a Dovecot proxy: a successful reply that wants a proxied session and names no host gets the user's backend.
 *
 * <p>The user is the one of the reply ({@link RouteKey}). A reply that names a host is pinned by the passdb: it keeps all its
 * fields, and the backend is told, which would send the user on otherwise.
 */
public final class ProxyJudge implements Judge {

    private static final Logger log = LoggerFactory.getLogger(ProxyJudge.class);

    private final Destinations destinations;
    private final DestinationFields fields;
    private final PreparedFields prepared;
    private final Redirects redirects;
    private final MovingUsers moving;
    private final Supplier<Optional<SiteId>> here;
    private final RateLimitedLog failures = new RateLimitedLog(log);

    /** @param here this site; empty while it is not known */
    public ProxyJudge(
            Destinations destinations,
            DestinationFields fields,
            Redirects redirects,
            MovingUsers moving,
            Supplier<Optional<SiteId>> here) {
        this.destinations = requireNonNull(destinations, "destinations is null");
        this.fields = requireNonNull(fields, "fields is null");
        this.prepared = new PreparedFields(fields);
        this.redirects = requireNonNull(redirects, "redirects is null");
        this.moving = requireNonNull(moving, "moving is null");
        this.here = requireNonNull(here, "here is null");
    }

    @Override
    public Verdict onRequest(Exchange exchange, byte[] line, int from, int to) {
        Request request = exchange.request();
        // A 2.4 proxy that was referred elsewhere asks again by EXTERNAL, which auth may not offer. The user was
        // authenticated by the first request, and the backend will check the password again: the node answers.
        return request.kind() == Request.Kind.AUTH && request.redirect().isPresent()
                ? redirects.answer(request, request.redirect().get())
                : Verdict.FORWARD;
    }

    @Override
    public Verdict onSuccess(Exchange exchange, ServerLine.Succeeded reply, byte[] line, int from, int to) {
        if (!reply.proxy()) {
            return Verdict.FORWARD;
        }
        Request request = exchange.request();
        if (reply.hasHost()) {
            LineBuilder pinned = new LineBuilder(line, from, to);
            DestinationFields.announce(pinned, request, PreviousHop.PINNED);
            return new Verdict.Reply(pinned.build());
        }
        Optional<UserKey> user = RouteKey.of(reply);
        if (user.isEmpty()) {
            failures.warn("refusing a user whose name cannot be routed, session {}", request.session());
            return new Verdict.Reply(Replies.noSuchUser(request));
        }
        if (request.redirect().isPresent()) {
            LineBuilder completed = new LineBuilder(line, from, to);
            return redirects.complete(request, request.redirect().get(), reply, completed, user.get());
        }
        Answer.Go known = destinations.fromMemory(user.get());
        // Another site that sent the session here may know more than what is remembered.
        boolean ask = known != null && known.route() instanceof Route.ToSite && cameFromAnotherSite(request);
        if (known != null && !ask && !MovingUsers.isMoving(known)) {
            return complete(request, reply, line, from, to, known, user.get());
        }
        byte[] copy = Arrays.copyOfRange(line, from, to);
        CompletionStage<Answer> found = ask
                ? destinations.findFresh(user.get())
                : known == null ? destinations.find(user.get(), reply.tag()) : CompletableFuture.completedFuture(known);
        return new Verdict.Later(found.thenCompose(answer -> later(request, reply, copy, user.get(), answer)));
    }

    private CompletionStage<Verdict.Reply> later(
            Request request, ServerLine.Succeeded reply, byte[] line, UserKey user, Answer answer) {
        if (!(answer instanceof Answer.Go go)) {
            return CompletableFuture.completedFuture(refuse(request, user, (Answer.Unavailable) answer));
        }
        CompletionStage<Answer.Go> settled =
                MovingUsers.isMoving(go) ? moving.answer(request, user, go) : CompletableFuture.completedFuture(go);
        return settled.thenApply(its -> complete(request, reply, line, 0, line.length, its, user));
    }

    private static boolean cameFromAnotherSite(Request request) {
        return !request.hop().sites().isEmpty();
    }

    private Verdict.Reply complete(
            Request request,
            ServerLine.Succeeded reply,
            byte[] line,
            int from,
            int to,
            Answer.Go answer,
            UserKey user) {
        if (answer.route() instanceof Route.ToSite toSite) {
            return cross(request, reply, new LineBuilder(line, from, to), answer, toSite, user);
        }
        if (log.isDebugEnabled()) {
            log.atDebug()
                    .addKeyValue("session", request.session())
                    .addKeyValue("host", answer.destination().host())
                    .log("routed: {}", answer.route().reason());
        }
        byte[] added = prepared.of(answer.destination(), request, reply);
        return new Verdict.Reply(new LineBuilder(line, from, to, added).build());
    }

    private Verdict.Reply cross(
            Request request,
            ServerLine.Succeeded reply,
            LineBuilder completed,
            Answer.Go answer,
            Route.ToSite route,
            UserKey user) {
        Optional<SiteId> site = here.get();
        Optional<String> objection =
                CrossSite.objection(request.hop().sites(), site, route.site().id(), route.loadBalancer());
        if (objection.isPresent()) {
            return refuse(request, user, new Answer.Unavailable(objection.get()));
        }
        fields.append(completed, request, reply, answer.destination(), hop(request, route, site));
        return new Verdict.Reply(completed.build());
    }

    /** What the next hop is to know, be it a backend of this site or another site. */
    static PreviousHop hop(Request request, Route route, Optional<SiteId> here) {
        return route instanceof Route.ToSite && here.isPresent()
                ? hop(request).leaving(here.get(), request.hop())
                : hop(request);
    }

    /** What the backend is to know: only proxies of 2.4 follow referrals. */
    static PreviousHop hop(Request request) {
        return request.dialect() == Request.Dialect.V2_4 ? PreviousHop.FOLLOWS_REFERRALS : PreviousHop.UNKNOWN;
    }

    private Verdict.Reply refuse(Request request, UserKey user, Answer.Unavailable answer) {
        failures.warn("temporary failure for user {}, session {}: {}", user, request.session(), answer.reason());
        return new Verdict.Reply(Replies.temporaryFailure(request, user.value()));
    }
}
