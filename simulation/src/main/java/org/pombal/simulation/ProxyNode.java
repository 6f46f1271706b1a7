package org.pombal.simulation;

import java.util.HashMap;
import java.util.Map;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.routing.RoutingView;

/** The node of a proxy: sends logins by what it remembers of rows, which may be old. It never changes them. */
final class ProxyNode extends VotingProcess {

    private static final long PROBE = 1_000 * Chance.MILLISECOND;

    private final Map<GroupId, UserGroup> remembered = new HashMap<>();

    ProxyNode(Site site, Host host) {
        super(site, host);
    }

    void begin() {
        run(this::probe);
    }

    private void probe() {
        readElectorate();
        site().events().after(PROBE, () -> run(this::probe));
    }

    BackendId target(GroupId group) {
        UserGroup row = remembered.get(group);
        if (row == null || site().chance().in(30)) {
            ask(geoDb().groups().find(group, ReadLevel.QUORUM), (read, failure) -> {
                if (read != null) {
                    read.ifPresent(now -> remembered.put(group, now));
                }
            });
        }
        return row == null ? site().chance().one(site().backendHosts()).backend() : RoutingView.target(row);
    }
}
