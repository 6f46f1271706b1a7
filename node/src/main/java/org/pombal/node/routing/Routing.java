package org.pombal.node.routing;

import java.util.function.Consumer;
import org.pombal.geodb.GeoDb;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UsernameHash;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.topology.Topology;

/**
 * How routing is set up.
 *
 * @param usernameHash {@code cluster_username_hash}
 * @param defaultGroupCount {@code cluster_default_group_count}
 * @param maxUserCreationsPerSecond {@code cluster_max_user_creations}
 */
public record Routing(UsernameHash usernameHash, int defaultGroupCount, int maxUserCreationsPerSecond) {

    private static final int MAX_LOOKUPS_RUNNING = 128;
    private static final int MAX_LOOKUPS_WAITING = 20_000;

    /** Puts the parts of routing together. */
    public Destinations assemble(
            GeoDb geoDb,
            Topology topology,
            KnownUsers known,
            Consumer<UserGroup> keepGroup,
            HostAddresses addresses,
            RoutingMetrics metrics) {
        GroupOwners groups = new GroupOwners(topology, geoDb.groups(), keepGroup);
        UserHomes homes = new UserHomes(
                known,
                geoDb.users(),
                groups,
                new LocalGroupCount(topology, geoDb.sites(), defaultGroupCount),
                usernameHash,
                new CreationRate(maxUserCreationsPerSecond, System::nanoTime),
                metrics);
        ConcurrencyLimit limit = new ConcurrencyLimit(MAX_LOOKUPS_RUNNING, MAX_LOOKUPS_WAITING);
        return new Destinations(new RouteLookup(topology, known, homes, groups, limit, metrics), addresses, metrics);
    }
}
