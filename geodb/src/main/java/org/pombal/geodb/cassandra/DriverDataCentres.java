package org.pombal.geodb.cassandra;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.stream.Collectors.toCollection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.node.DataCentres;

/** The data centres of the servers that the driver knows. It asks those of one only. */
final class DriverDataCentres {

    private DriverDataCentres() {}

    static CompletionStage<DataCentres> of(CqlSession session) {
        SortedSet<String> all = names(session.getMetadata().getNodes().values().stream());
        SortedSet<String> asked = names(session.getMetadata().getNodes().values().stream()
                .filter(node -> node.getDistance() == NodeDistance.LOCAL));
        return asked.size() == 1
                ? completedFuture(new DataCentres(asked.first(), all))
                : failedFuture(new GeoDbUnavailableException(
                        "asking for the data centres: Cassandra's servers that are asked have " + asked));
    }

    private static SortedSet<String> names(Stream<Node> nodes) {
        return nodes.map(Node::getDatacenter).filter(Objects::nonNull).collect(toCollection(TreeSet::new));
    }
}
