package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.GroupPlacement;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.topology.Topology;

/** The routes of users, in the two ways they are asked for. */
public final class Routes {

    private final RouteLookup lookup;
    private final GroupOwners groups;
    private final SiteTakeovers takeovers;
    private final Topology topology;
    private final UsernameHash usernameHash;
    private final RoutingMetrics metrics;

    Routes(
            RouteLookup lookup,
            GroupOwners groups,
            SiteTakeovers takeovers,
            Topology topology,
            UsernameHash usernameHash,
            RoutingMetrics metrics) {
        this.lookup = requireNonNull(lookup, "lookup is null");
        this.groups = requireNonNull(groups, "groups is null");
        this.takeovers = requireNonNull(takeovers, "takeovers is null");
        this.topology = requireNonNull(topology, "topology is null");
        this.usernameHash = requireNonNull(usernameHash, "usernameHash is null");
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

    /** The group of this site in which the user would be placed now; empty while the site, or how many groups it has, is not known. */
    public Optional<GroupId> usualGroup(UserKey user) {
        return topology.localSite()
                .filter(site -> site.groupCount().isPresent())
                .map(site -> GroupPlacement.groupFor(
                        user, usernameHash, site.id(), site.groupCount().getAsInt()));
    }

    private static <T> CompletionStage<T> inWords(CompletionStage<T> stage) {
        return stage.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(new LookupFailedException(Failures.reason(failure))));
    }
}
