package org.pombal.node.ownership;

import java.util.HashMap;
import java.util.Map;
import org.pombal.model.group.GroupId;
import org.pombal.model.statistics.TrafficMeter.Sample;

/** Counts by group who is let in. Confined to the loop. */
final class GroupTally {

    private final Map<GroupId, Long> logins = new HashMap<>();
    private final Map<GroupId, Long> openings = new HashMap<>();

    /** Somebody was let in. */
    void served(Arrival.Way way, GroupId group) {
        if (way instanceof Arrival.Way.Login) {
            logins.merge(group, 1L, Long::sum);
        } else if (way instanceof Arrival.Way.Opening) {
            openings.merge(group, 1L, Long::sum);
        }
    }

    /** What was counted of a group since the call before; counting begins anew. */
    Sample taken(GroupId group, long sessions) {
        Long in = logins.remove(group);
        Long opened = openings.remove(group);
        return new Sample(sessions, in == null ? 0 : in, opened == null ? 0 : opened);
    }

    /** What is left is of groups that are not there any more. */
    void clear() {
        logins.clear();
        openings.clear();
    }
}
