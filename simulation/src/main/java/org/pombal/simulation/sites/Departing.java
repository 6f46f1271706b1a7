package org.pombal.simulation.sites;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/** Carries out what the rows of a site's groups say about users who leave: their sessions end, then the user's row is written. */
final class Departing {

    private final World world;
    private final SiteNode node;
    private final Desk desk;
    private final GroupRows groups;
    private final Set<UserKey> asked = new HashSet<>();

    /** Those of which nothing is left but the entry; whoever comes back to the group meanwhile is not sent away by it. */
    private final Set<MoveId> settled = new HashSet<>();

    Departing(World world, SiteNode node, Desk desk, GroupRows groups) {
        this.world = world;
        this.node = node;
        this.desk = desk;
        this.groups = groups;
    }

    void proceed() {
        groups.forEachLeaving((row, user) -> {
            Departure departure = requireNonNull(row.leaving().get(user));
            if (settled.contains(departure.id())) {
                groups.departed(row.id(), user);
            } else {
                proceed(row, user, departure);
            }
        });
    }

    private void proceed(UserGroup row, UserKey user, Departure departure) {
        boolean sessionsFirst = world.rules().endsSessionsBeforeHome();
        List<UserSession> open = desk.sessions(user);
        if (sessionsFirst) {
            open.forEach(session -> world.events().after(world.chance().milliseconds(1, 900), () -> desk.end(session)));
        }
        if ((open.isEmpty() || !sessionsFirst) && node.mayServe() && asked.add(user)) {
            write(row.id(), user, departure);
        }
    }

    private void write(GroupId group, UserKey user, Departure departure) {
        int life = node.life();
        node.geoDb().users().find(user, ReadLevel.SERIAL).whenComplete((found, failure) -> {
            if (life != node.life()) {
                return;
            }
            if (found == null) {
                asked.remove(user);
            } else if (User.hasLeft(group, found)) {
                left(group, user, departure);
            } else {
                node.geoDb()
                        .users()
                        .update(found.orElseThrow().after(departure).orElseThrow())
                        .whenComplete((outcome, unknown) -> {
                            if (life == node.life()) {
                                // What came of it is read before anything else is done.
                                asked.remove(user);
                            }
                        });
            }
        });
    }

    private void left(GroupId group, UserKey user, Departure departure) {
        asked.remove(user);
        settled.add(departure.id());
        desk.gone(user);
        groups.departed(group, user);
    }
}
