package org.pombal.node.routing;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.pombal.geodb.GeoDb;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.topology.Topology;

/**
 * How routing is set up.
 *
 * @param usernameHash {@code cluster_username_hash}
 * @param defaultGroupCount {@code cluster_default_group_count}
 * @param unknownUsers {@code cluster_unknown_users}
 * @param maxUserCreationsPerSecond {@code cluster_max_user_creations}
 */
public record Routing(
        UsernameHash usernameHash, int defaultGroupCount, UnknownUsers unknownUsers, int maxUserCreationsPerSecond) {

    private static final int MAX_LOOKUPS_RUNNING = 128;
    private static final int MAX_LOOKUPS_WAITING = 20_000;

    public Routing {
        requireNonNull(usernameHash, "usernameHash is null");
        requireNonNull(unknownUsers, "unknownUsers is null");
    }

    /** Puts the parts of routing together. */
    public Routes assemble(
            GeoDb geoDb, Topology topology, KnownUsers known, Consumer<UserGroup> keepGroup, RoutingMetrics metrics) {
        GroupOwners groups = new GroupOwners(topology, geoDb.groups(), keepGroup);
        LocalGroupCount groupCount = new LocalGroupCount(topology, geoDb.sites(), defaultGroupCount);
        SiteTakeovers takeovers = new SiteTakeovers(geoDb, topology, known, groups, groupCount, usernameHash);
        UserHomes homes = new UserHomes(
                known,
                geoDb.users(),
                groups,
                groupCount,
                topology,
                usernameHash,
                unknownUsers,
                new CreationRate(maxUserCreationsPerSecond, System::nanoTime),
                metrics);
        ConcurrencyLimit limit = new ConcurrencyLimit(MAX_LOOKUPS_RUNNING, MAX_LOOKUPS_WAITING);
        return new Routes(
                new RouteLookup(topology, known, homes, groups, takeovers, limit, metrics),
                groups,
                takeovers,
                topology,
                usernameHash,
                metrics);
    }
}
