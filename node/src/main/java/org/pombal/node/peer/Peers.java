package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.vote.VoterId;
import org.pombal.node.ownership.Arrival;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of the site's backends, asked about users. */
public final class Peers {

    private static final Logger log = LoggerFactory.getLogger(Peers.class);
    private static final Duration TELL_LIMIT = Duration.ofSeconds(1);

    /** What an answer may take on its way, besides the time for which it is held. */
    private static final Duration WAY = Duration.ofSeconds(1);

    private final PeerClient client;
    private final Function<BackendId, Optional<HostName>> names;
    private final OwnershipTimings timings;

    /** @param names the host name of a backend */
    public Peers(PeerClient client, Function<BackendId, Optional<HostName>> names, OwnershipTimings timings) {
        this.client = requireNonNull(client, "client is null");
        this.names = requireNonNull(names, "names is null");
        this.timings = requireNonNull(timings, "timings is null");
    }

    /** Tells that backend's node that a user of the group waits. Nothing tells whether it arrives. */
    public void arrived(BackendId backend, GroupId group, UserKey user) {
        names.apply(backend).ifPresent(host -> client.ask(
                        group.site(),
                        VoterId.ofBackend(host),
                        new Question.Arrived(group, user),
                        TELL_LIMIT,
                        answer -> answer)
                .exceptionally(failure -> {
                    log.debug("a user of group {} waits: {}", group.name(), failure.toString());
                    return Message.of();
                }));
    }

    /** Tells a node that this backend has given its lease back. Nothing tells whether it arrives. */
    public void released(SiteId site, BackendId backend, VoterId told) {
        client.ask(site, told, new Question.Released(backend), TELL_LIMIT, answer -> answer)
                .exceptionally(failure -> {
                    log.debug("the release of the lease was not heard: {}", failure.toString());
                    return Message.of();
                });
    }

    /**
     * Where the user is to be served, as that backend's node says, which may hold the answer while it moves the user; fails with
     * {@link PeerException} if it does not say.
     */
    public CompletionStage<Arrival.Outcome> where(SiteId site, BackendId backend, UserKey user, HoldLimits.Kind kind) {
        Optional<HostName> host = names.apply(backend);
        if (host.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new PeerException("backend " + backend + " is not known, so it cannot be asked"));
        }
        Duration hold = kind == HoldLimits.Kind.LOGIN ? timings.loginHold() : timings.deliveryHold();
        return client.ask(
                site, VoterId.ofBackend(host.get()), new Question.Where(user, kind), hold.plus(WAY), Places::parse);
    }
}
