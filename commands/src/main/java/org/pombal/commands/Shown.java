package org.pombal.commands;

import static org.pombal.commands.Column.number;
import static org.pombal.commands.Column.text;

/** Columns that several commands print. */
final class Shown {

    static final Column SITE_NAME = text("name", "name of the site");
    static final Column SITE_ID = text("id", "the site's UUID");
    static final Column SITE_STATUS = text("status", "online, offline, standby or evacuate");
    static final Column SITE_TAG = text("tag", "name of the site's tag; empty if it has none");
    static final Column LOAD_BALANCER =
            text("load-balancer", "where other sites' proxies connect; empty if there is none");
    static final Column SITE_GROUPS =
            number("groups", "how many user groups the site has, those that are made when first needed among them");

    static final Column HOST = text("host", "the backend's host name");
    static final Column SITE = text("site", "name of the site");
    static final Column BACKEND_STATUS = text("status", "online, offline or standby");
    static final Column LOAD_FACTOR = number("load-factor", "share of the site's load it is to have, 0 to 100");
    static final Column BACKEND_ID = text("id", "the backend's UUID");

    static final Column TAG_NAME = text("name", "name of the tag");
    static final Column TAG_ID = text("id", "the tag's UUID");

    static final Column GROUP = text("group", "name of the user group");
    static final Column GROUP_BACKEND = text("backend", "host name of the backend that serves the group");
    static final Column ALT_BACKEND =
            text("alt-backend", "while the group moves, the destination; otherwise the backend a failover would take");
    static final Column MOVING = text("moving", "yes while a move is under way, else no");
    static final Column STICKY_BACKEND = text("sticky-backend", "yes if the group is never moved automatically");
    static final Column STICKY_USERS =
            text("sticky-users", "yes if the group's users are never moved to other groups automatically");
    static final Column EPOCH = number("epoch", "grows with each change of who serves the group");

    static final Column USER = text("user", "the user's name, as GeoDB has it");
    static final Column MOVE_ID = text("move-id", "UUID of the move, as in logs and the audit");

    static final Column FORCE_MOVE = number(
            "force-move", "percentage of its users that is moved elsewhere at login; null without a forced move");

    private Shown() {}

    /** @param of the site or backend whose users are moved */
    static Column[] forceMove(Column of) {
        return new Column[] {
            of,
            number("percentage", "percentage of its users that is moved when they log in; null if none is any more"),
            text("destinations", "where they go"),
            text("id", "chooses which users")
        };
    }
}
