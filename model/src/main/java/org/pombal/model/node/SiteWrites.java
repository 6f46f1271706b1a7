package org.pombal.model.node;

import static java.util.stream.Collectors.toCollection;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether rows of one site, its backends and user groups, may be written from here. They are written by compare-and-set among the
 * servers of one of Cassandra's data centres, so that a site goes on when it is cut off from the others; a write through another
 * data centre would not see those and not be seen by them.
 *
 * <p>Which data centre is a site's own, its nodes say when they report.
 */
public final class SiteWrites {

    private SiteWrites() {}

    /**
     * What stands in the way, as a sentence for an operator; empty if nothing does.
     *
     * @param siteName of the site whose rows are to be written
     * @param isOwn whether it is the site of the node that is to write
     * @param centres as that node sees them
     * @param nodes of the site
     */
    public static Optional<String> objection(
            String siteName, boolean isOwn, DataCentres centres, Collection<NodeReport> nodes, Instant now) {
        if (isOwn || centres.isOnlyOne()) {
            return Optional.empty();
        }
        SortedSet<String> theirs = nodes.stream()
                .filter(node -> !node.isStale(now))
                .map(NodeReport::dataCentre)
                .collect(toCollection(TreeSet::new));
        if (theirs.size() == 1 && theirs.first().equals(centres.local())) {
            return Optional.empty();
        }
        String through = theirs.isEmpty()
                ? "no node of it reports through which of Cassandra's data centres that is done"
                : "that is done through Cassandra's data centre " + String.join(" or ", theirs);
        return Optional.of("backends and groups of site '" + siteName + "' are written by its own nodes only: "
                + through + ", and this node goes through " + centres.local()
                + "; give the command to a node of that site");
    }
}
