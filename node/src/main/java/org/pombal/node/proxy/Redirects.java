package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Redirect;
import org.pombal.dovecot.auth.Replies;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.relay.Verdict;
import org.pombal.node.routing.Answer;
import org.pombal.node.routing.Destination;
import org.pombal.node.routing.Destinations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a 2.4 proxy that asks again because a backend referred it elsewhere. */
public final class Redirects {

    private static final Logger log = LoggerFactory.getLogger(Redirects.class);

    private final Destinations destinations;
    private final Supplier<CompletionStage<List<Destination>>> backends;
    private final DestinationFields fields;
    private final Supplier<Optional<SiteId>> here;
    private final RateLimitedLog failures = new RateLimitedLog(log);

    /**
     * Prepared.
     *
     * @param backends the site's backends whose names resolve; answers within seconds and never fails
     * @param here this site; empty while it is not known
     */
    public Redirects(
            Destinations destinations,
            Supplier<CompletionStage<List<Destination>>> backends,
            DestinationFields fields,
            Supplier<Optional<SiteId>> here) {
        this.destinations = requireNonNull(destinations, "destinations is null");
        this.backends = requireNonNull(backends, "backends is null");
        this.fields = requireNonNull(fields, "fields is null");
        this.here = requireNonNull(here, "here is null");
    }

    /** Answers a login process in place of auth. */
    Verdict answer(Request request, Redirect redirect) {
        UserKey user;
        try {
            user = new UserKey(redirect.user());
        } catch (IllegalArgumentException e) {
            return new Verdict.Reply(Replies.noSuchUser(request));
        }
        LineBuilder line = new LineBuilder("OK")
                .number(request.id())
                .field("user", redirect.user())
                .flag("proxy");
        ServerLine.Succeeded bare = new ServerLine.Succeeded(
                request.id(),
                Optional.of(redirect.user()),
                Optional.empty(),
                true,
                false,
                false,
                false,
                false,
                Optional.empty());
        return complete(request, redirect, bare, line, user);
    }

    /** Completes the reply that auth gave to an lmtp or doveadm process. */
    Verdict complete(Request request, Redirect redirect, ServerLine.Succeeded reply, LineBuilder line, UserKey user) {
        return new Verdict.Later(destinations.findFresh(user).thenCombine(backends.get(), (fresh, known) -> {
            RedirectChoice.Choice choice = RedirectChoice.choose(redirect, fresh, known);
            if (choice instanceof RedirectChoice.Choice.GoOn goOn) {
                logReferral(request, redirect, fresh, goOn);
                fields.append(line, request, reply, goOn.destination(), hop(request, fresh, goOn));
                return new Verdict.Reply(line.build());
            }
            failures.warn(
                    "temporary failure for user {}, session {}: {}",
                    user,
                    request.session(),
                    ((RedirectChoice.Choice.GiveUp) choice).reason());
            return new Verdict.Reply(Replies.temporaryFailure(request, user.value()));
        }));
    }

    private PreviousHop hop(Request request, Answer fresh, RedirectChoice.Choice.GoOn goOn) {
        return fresh instanceof Answer.Go go && go.destination().equals(goOn.destination())
                ? ProxyJudge.hop(request, go.route(), here.get())
                : ProxyJudge.hop(request);
    }

    private static void logReferral(Request request, Redirect redirect, Answer fresh, RedirectChoice.Choice.GoOn goOn) {
        log.atDebug()
                .addKeyValue("session", request.session())
                .addKeyValue("host", goOn.destination().host())
                .log("sent on after {}: {}", redirect.attempts(), fresh);
    }
}
