package org.pombal.node.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeRole;

/**
 * What does not change about a node while it runs.
 *
 * @param machine the kernel's host name
 * @param version of Pombal
 * @param peer where the site's other nodes reach it, as {@code host:port}; empty if they do not
 */
public record ReportedNode(NodeRole role, HostName name, String machine, String version, Optional<String> peer) {

    public ReportedNode {
        requireNonNull(role, "role is null");
        requireNonNull(name, "name is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(version, "version is null");
        requireNonNull(peer, "peer is null");
    }
}
