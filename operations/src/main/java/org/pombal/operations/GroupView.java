package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;

/**
 * A group as it is shown.
 *
 * @param hosts the names of the site's backends
 */
public record GroupView(Site site, UserGroup group, Map<BackendId, String> hosts) {

    public GroupView {
        requireNonNull(site, "site is null");
        requireNonNull(group, "group is null");
        hosts = Map.copyOf(hosts);
    }

    /** The host name of a backend; its id, if it is removed. */
    public String host(BackendId id) {
        return hosts.getOrDefault(id, id.toString());
    }

    public String backend() {
        return host(group.backend());
    }

    /** The destination while the group moves, else the backend a failover would take. */
    public Optional<String> alternative() {
        return group.alternative().map(this::host);
    }

    /** By which rule or move the group is where it is, and what goes on with it, in sentences. */
    public String why() {
        StringBuilder why = new StringBuilder();
        if (!hosts.containsKey(group.backend())) {
            why.append("its backend is removed; ");
        }
        if (group.owner().isClaimed()) {
            why.append(backend())
                    .append(" has claimed it in its incarnation ")
                    .append(group.owner().incarnation());
        } else if (group.epoch() == 1) {
            why.append("placed on ")
                    .append(backend())
                    .append(" when it was created, by the hash of its name and the"
                            + " load factors; not claimed by it yet");
        } else {
            why.append("assigned to ").append(backend()).append(", which has not claimed it yet");
        }
        why.append(" (epoch ").append(group.epoch()).append(')');
        group.move().ifPresent(move -> why.append("; ").append(moving(move)));
        if (!group.leaving().isEmpty()) {
            why.append("; ").append(group.leaving().size()).append(" users are leaving it");
        }
        return why.toString();
    }

    private String moving(GroupMove move) {
        return "moving to " + host(move.dest()) + " since " + move.startedAt() + " (" + move.cause() + "): "
                + (move.isHandover() ? "its users are being handed over" : "proposed, its backend has not begun yet");
    }
}
