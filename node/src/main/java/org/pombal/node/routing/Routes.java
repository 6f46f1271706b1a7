package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.topology.Topology;

/** The routes of users, in the two ways they are asked for. */
public final class Routes {

    private final RouteLookup lookup;
    private final GroupOwners groups;
    private final SiteTakeovers takeovers;
    private final Topology topology;
    private final RoutingMetrics metrics;

    Routes(RouteLookup lookup, GroupOwners groups, SiteTakeovers takeovers, Topology topology, RoutingMetrics metrics) {
        this.lookup = requireNonNull(lookup, "lookup is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.takeovers = requireNonNull(takeovers, "takeovers is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** Takes users of lost sites over. */
    public SiteTakeovers takeovers() {
        return takeovers;
    }

    /** Where to connect for a user. */
    public Destinations destinations(HostAddresses addresses) {
        return new Destinations(lookup, addresses, metrics);
    }

    /** Whether a user is the backend's of this name. */
    public Admissions admissions(HostName self) {
        return new Admissions(lookup, topology, self, metrics);
    }

    /**
     * Done when the user has a home in GeoDB; one whom nobody knows is placed. Fails with words for the log.
     *
     * @param tag name of the tag that the sites must have on which such a user is placed
     */
    public CompletionStage<?> place(UserKey user, Optional<String> tag) {
        return inWords(lookup.findFresh(user, tag));
    }

    /** Done when the group has a row in GeoDB; one that nobody knows is placed. Fails with words for the log. */
    public CompletionStage<?> place(GroupId group) {
        return inWords(groups.findFresh(group));
    }

    private static <T> CompletionStage<T> inWords(CompletionStage<T> stage) {
        return stage.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(new LookupFailedException(Failures.reason(failure))));
    }
}
