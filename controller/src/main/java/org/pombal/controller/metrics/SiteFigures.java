package org.pombal.controller.metrics;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.pombal.controller.automation.ScaleReport;
import org.pombal.controller.automation.UsersCounted;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeReport;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.operations.ProxyOperations.Statistics;

/**
 * What the metrics of a site are made of.
 *
 * @param scale what was decided last about the number of backends
 */
record SiteFigures(
        List<Backend> backends,
        List<UserGroup> groups,
        List<NodeReport> nodes,
        List<Statistics> statistics,
        List<BackendLoad> loads,
        Optional<UsersCounted> users,
        Optional<ScaleReport> scale) {

    SiteFigures {
        backends = List.copyOf(requireNonNull(backends, "backends is null"));
        groups = List.copyOf(requireNonNull(groups, "groups is null"));
        nodes = List.copyOf(requireNonNull(nodes, "nodes is null"));
        statistics = List.copyOf(requireNonNull(statistics, "statistics is null"));
        loads = List.copyOf(requireNonNull(loads, "loads is null"));
        requireNonNull(users, "users is null");
        requireNonNull(scale, "scale is null");
    }
}
