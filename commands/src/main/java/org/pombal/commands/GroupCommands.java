package org.pombal.commands;

import static org.pombal.commands.Column.number;
import static org.pombal.commands.Column.text;
import static org.pombal.commands.CommandDraft.command;
import static org.pombal.commands.Parameter.option;

import java.util.List;

/** {@code cluster group ...} */
final class GroupCommands {

    static final CommandGroup GROUP = new CommandGroup(
            "cluster group",
            "User groups: what moves between backends.",
            """
            Users are in groups, and a group as a whole is served by one backend. So a backend is emptied by moving some dozens of
            groups, not millions of users. The groups are called default-1 to default-N and are created when the first of their
            users logs in; about 100 of them for each backend make the load even to a percent.

            A move keeps the promise that no user is served by two backends at a time: users without sessions go at once, the others
            are disconnected one after another, and each is served at the destination only when the source has let go.""".strip(),
            List.of(access(), list(), move(), status(), stay(), update()));

    private GroupCommands() {}

    private static ClusterCommand access() {
        return command("cluster group access", "Looks up the test user as if it were in a group, to make a move go on.")
                .explained("""
                        Reads where the group is as a login of the user of cluster_backend_test_username would if he belonged to it, which
                        makes the backend notice a move of the group. Without that setting it does so for nobody. Must be run on a backend: a proxy refuses it, because only the backend that serves
                        the group can move it.""")
                .example("cluster group access default-17")
                .takes(Given.GROUP)
                .tells(
                        Shown.GROUP,
                        Shown.GROUP_BACKEND,
                        text("user", "the test user; empty without cluster_backend_test_username"));
    }

    private static ClusterCommand list() {
        return command("cluster group list", "Lists user groups.")
                .explained("One line for each group, also of other sites.")
                .example("cluster group list --site lisbon 'default-1*'")
                .takes(
                        Given.ONLY_SITE,
                        Parameter.argument("mask", Given.MASK, "Which groups; all if none is given.")
                                .optional())
                .lists(
                        Shown.SITE,
                        Shown.GROUP,
                        Shown.GROUP_BACKEND,
                        Shown.ALT_BACKEND,
                        Shown.MOVING,
                        Shown.STICKY_BACKEND,
                        Shown.STICKY_USERS,
                        Shown.EPOCH);
    }

    private static ClusterCommand move() {
        return command("cluster group move", "Moves a group to another backend of its site.")
                .explained("""
                        Starts the move and ends; with --wait it ends when the move has. The backend that serves the group moves its
                        users and hands the group over.

                        'group stay' takes the move back until that backend has begun.

                        --direct only writes the new backend down: nobody is disconnected, and two backends may serve a user at the
                        same time. It is for a cluster that serves nobody, such as one under test; it is audited, and a warning
                        says that the promise is suspended.""")
                .example("cluster group move --wait lisbon default-17 b2.example.org")
                .takes(
                        Given.SITE,
                        Given.GROUP,
                        Parameter.argument("host", Given.HOST, "The destination's host name."),
                        Given.WAIT,
                        option("direct", Given.FLAG, "Only writes it down: suspends the promise, audited. For tests."))
                .rule(new Rule.AtMostOne(List.of("wait", "direct")))
                .tells(
                        Shown.SITE,
                        Shown.GROUP,
                        text("from", "host name of the backend that the group leaves"),
                        text("to", "host name of its destination"),
                        Shown.MOVE_ID);
    }

    private static ClusterCommand status() {
        return command("cluster group status", "Shows where a group is, and why.")
                .explained("""
                        why says by which rule or move the group is where it is. geodb and localdb say what each layer believes: a
                        difference is a node that has not heard of a change yet, which costs time and never correctness.""")
                .example("cluster group status lisbon default-17")
                .takes(Given.SITE, Given.GROUP)
                .explains(
                        Shown.SITE,
                        Shown.GROUP,
                        Shown.GROUP_BACKEND,
                        Shown.ALT_BACKEND,
                        Shown.MOVING,
                        Shown.STICKY_BACKEND,
                        Shown.STICKY_USERS,
                        Shown.EPOCH,
                        text("failover", "host name of the backend that would take the group if its own failed"),
                        text("move-id", "UUID of the move under way; empty if there is none"),
                        text("phase", "how far that move is; empty if there is none"),
                        number("users-left", "how many users that move has still to bring over; null if there is none"),
                        text(
                                "since",
                                "since when nothing of this has changed: when the group was placed, claimed, moved or updated last, in UTC"),
                        text("why", "by which rule or move it is there"),
                        text("geodb", "what GeoDB says: backend and epoch"),
                        text("localdb", "what this node's own memory says: backend and epoch; empty if nothing"));
    }

    private static ClusterCommand stay() {
        return command("cluster group stay", "Takes back that a group moves to another backend.")
                .explained("""
                        For a move that its backend has not begun: it has other moves to do first, or its node does not run. Nobody has
                        been disconnected then, and the group stays where it is at once. A backend that has begun lets users go one after
                        another, and there is no way back: let the move end, then move the group again. That is refused, and so is a group
                        that does not move.

                        What was moved automatically may be moved again, for the same reason; 'group update --sticky-backend yes'
                        keeps it.""")
                .example("cluster group stay lisbon default-17")
                .takes(Given.SITE, Given.GROUP)
                .tells(Shown.SITE, Shown.GROUP, text("backend", "host name of the backend that the group stays on"));
    }

    private static ClusterCommand update() {
        return command("cluster group update", "Changes whether a group and its users may be moved automatically.")
                .explained("""
                        A group that is sticky to its backend stays there when load is balanced. Sticky users stay in the group
                        when the sizes of groups are. Commands such as 'cluster group move' and a failover move it all the same.""")
                .example("cluster group update --sticky-backend yes lisbon default-17")
                .takes(
                        option(
                                "sticky-backend",
                                Given.YES_NO,
                                "yes: the group is not moved to another backend automatically."),
                        option(
                                "sticky-users",
                                Given.YES_NO,
                                "yes: the group's users are not moved to other groups automatically."),
                        Given.SITE,
                        Given.GROUP)
                .rule(new Rule.AtLeastOne(List.of("sticky-backend", "sticky-users")))
                .tells(Shown.SITE, Shown.GROUP, Shown.STICKY_BACKEND, Shown.STICKY_USERS);
    }
}
