package org.pombal.commands;

import static org.pombal.commands.Column.number;
import static org.pombal.commands.Column.text;
import static org.pombal.commands.CommandDraft.command;
import static org.pombal.commands.Parameter.argument;
import static org.pombal.commands.Parameter.option;

import java.util.List;

/** {@code cluster backend ...} */
final class BackendCommands {

    static final CommandGroup GROUP = new CommandGroup(
            "cluster backend",
            "Backends: add, watch, drain, remove.",
            """
            A backend is a server that opens mailboxes. It belongs to one site and is known by its host name. Its status says
            whether it takes sessions: online does; offline cannot be reached, and comes back online by itself when it is healthy
            again; standby can be reached but takes no new sessions, and only an operator changes that. Neither offline nor
            standby ends the sessions that are there.

            Its load factor, 0 to 100, is its share of the site's load: with factors 100, 100 and 50 the third backend gets a
            fifth. At 0 the controller moves its groups away little by little. Usual values are 100, 50 and 0.""".strip(),
            List.of(
                    add(),
                    evacuate(),
                    forceMoveStart(),
                    forceMoveStop(),
                    forceMoveUpdate(),
                    list(),
                    remove(),
                    status(),
                    update()));

    private BackendCommands() {}

    private static ClusterCommand add() {
        return command("cluster backend add", "Adds a backend to a site, in status standby.")
                .explained("""
                        The host name must be in DNS; an IP address is refused, because certificates are checked against the name.
                        On the backend itself --self is enough: host name and site are those of its node's settings. The backend
                        takes no users until its status is set to online.

                        --id is only for a backend that was removed and comes back: it then has its former UUID again.""")
                .example("cluster backend add --site lisbon b3.example.org")
                .takes(
                        Given.SELF_BACKEND,
                        option("site", Given.NAME, "The site's name; otherwise the node's cluster_local_site."),
                        Given.oldId("backend"),
                        Given.BACKEND_HOST)
                .rule(Given.SELF_OR_HOST)
                .tells(Shown.HOST, Shown.SITE, Shown.BACKEND_STATUS, Shown.LOAD_FACTOR, Shown.BACKEND_ID);
    }

    private static ClusterCommand evacuate() {
        return command("cluster backend evacuate", "Moves all groups away from a backend, at full speed.")
                .explained("""
                        Sets the backend to standby and its load factor to 0, then starts moving each of its groups to the other
                        backends of the site, each of which gets its share by load factor. As many users are moved at once as
                        cluster_max_parallel_moves of its node allows. Prints the moves and ends; they go on by themselves. With
                        --wait it says how far they are, and ends when the backend has no group left, no session, and none that
                        passes through it.

                        When there is no hurry, 'cluster backend update --load-factor 0' is kinder: the controller then moves the
                        groups little by little.""")
                .example("cluster backend evacuate --wait b3.example.org")
                .takes(Given.SELF_BACKEND, Given.BACKEND_HOST, Given.WAIT, Given.DRY_RUN)
                .rule(Given.SELF_OR_HOST, new Rule.AtMostOne(List.of("wait", "dry-run")))
                .lists(
                        Shown.SITE,
                        Shown.GROUP,
                        text("from", "host name of the backend that the group leaves"),
                        text("to", "host name of its destination"),
                        Shown.MOVE_ID);
    }

    private static ClusterCommand forceMoveStart() {
        return command(
                        "cluster backend force-move start",
                        "Moves a percentage of a backend's users to others when they log in.")
                .explained("""
                        Users whose hash with the id, 0 to 99, is below the percentage are moved to a group of one of the other backends when
                        they log in, as by 'user move'; who of them has other sessions is disconnected. Nobody is moved who does not log in.

                        The destinations must be online backends of the same site with a load factor, and have no forced move of their own;
                        only one that has a group takes users. Another status of the backend ends it, as does 'force-move stop'. To move all
                        of a backend's users, evacuate it: groups move faster than users do.""")
                .example("cluster backend force-move start b1.example.org 10 b2.example.org")
                .takes(
                        Given.SHARE_ID,
                        Given.THE_BACKEND,
                        Given.PERCENTAGE,
                        argument("dest-host", new ParameterType.Several(Given.HOST), "Host names of other backends."))
                .tells(Shown.forceMove(Shown.HOST));
    }

    private static ClusterCommand forceMoveStop() {
        return command("cluster backend force-move stop", "Moves no more of a backend's users when they log in.")
                .explained("Those who were moved stay where they are.")
                .example("cluster backend force-move stop b1.example.org")
                .takes(Given.THE_BACKEND)
                .tells(Shown.forceMove(Shown.HOST));
    }

    private static ClusterCommand forceMoveUpdate() {
        return command(
                        "cluster backend force-move update",
                        "Changes the percentage of a backend's users that is moved.")
                .explained(
                        "A higher percentage adds users. With a lower one, those who were moved stay where they are.")
                .example("cluster backend force-move update b1.example.org 25")
                .takes(Given.THE_BACKEND, Given.PERCENTAGE)
                .tells(Shown.forceMove(Shown.HOST));
    }

    private static ClusterCommand list() {
        return command("cluster backend list", "Lists the backends of all sites.")
                .explained("One line for each backend, also of other sites.")
                .example("cluster backend list --site lisbon")
                .takes(Given.ONLY_SITE)
                .lists(Shown.HOST, Shown.SITE, Shown.BACKEND_STATUS, Shown.LOAD_FACTOR, Shown.BACKEND_ID);
    }

    private static ClusterCommand remove() {
        return command("cluster backend remove", "Removes a backend.")
                .explained("""
                        Refused while groups are assigned to the backend or on their way to it; the message says which. Move them
                        away with 'cluster backend evacuate --wait' first. Keep the UUID that is printed: with it the backend can be
                        added again as the one it was.

                        A backend that may have sessions is not removed by --force either: evacuate it, or stop its Dovecot, which
                        gives its lease back.""")
                .example("cluster backend remove b3.example.org")
                .takes(Given.SELF_BACKEND, Given.BACKEND_HOST, Given.force("groups are still assigned to it"))
                .rule(Given.SELF_OR_HOST)
                .tells(Shown.HOST, Shown.SITE, Shown.BACKEND_ID);
    }

    private static ClusterCommand status() {
        return command("cluster backend status", "Shows how a backend is and what it serves.")
                .explained("""
                        share is the part of the site's load that the backend is to have by its factor; groups is what it has now.
                        A backend whose groups-moving-out goes down is being emptied.

                        It is empty when groups, sessions and sessions-passed-on are 0. Users of other backends whose sessions pass
                        through it are those who came there by old knowledge of a proxy, and only with Dovecot 2.3; their next
                        session goes straight to the right backend. Both numbers are asked of its Dovecot and not known where that
                        does not answer, or cluster_backend_doveadm_key is not set.""")
                .example("cluster backend status b3.example.org")
                .takes(Given.SELF_BACKEND, Given.BACKEND_HOST)
                .rule(Given.SELF_OR_HOST)
                .tells(
                        Shown.HOST,
                        Shown.SITE,
                        Shown.BACKEND_STATUS,
                        Shown.LOAD_FACTOR,
                        number("share", "percentage of its site's load that it is to have, by its load factor"),
                        Shown.BACKEND_ID,
                        number("groups", "how many groups it serves"),
                        number("groups-moving-out", "how many of these are moving away"),
                        number("groups-moving-in", "how many of others are moving to it"),
                        text(
                                "owner-lease",
                                "whether it may serve: held, broken, released or none, and its incarnation"),
                        number("version", "grows with each change of its row in GeoDB"),
                        number("sessions", "how many have a mailbox open there, as its Dovecot says now"),
                        number("sessions-passed-on", "how many only pass through it to other backends"),
                        Shown.FORCE_MOVE);
    }

    private static ClusterCommand update() {
        return command("cluster backend update", "Changes a backend's status or load factor.")
                .explained("""
                        Neither offline nor standby ends sessions or moves users by itself: an idle user goes elsewhere with the next
                        login. To empty a backend, set its load factor to 0, or evacuate it.

                        The load factor is exact here: a backend's share is its factor over the sum of its site's factors. It takes
                        effect as fast as the controller moves groups.""")
                .example("cluster backend update --load-factor 50 b3.example.org")
                .takes(
                        Given.SELF_BACKEND,
                        option(
                                "status",
                                new ParameterType.Choice(List.of("online", "offline", "standby")),
                                "Whether it takes sessions."),
                        option(
                                "load-factor",
                                new ParameterType.WholeNumber(0, 100),
                                "Its share of the site's load; 100 is usual, 0 drains it."),
                        Given.BACKEND_HOST)
                .rule(Given.SELF_OR_HOST, new Rule.AtLeastOne(List.of("status", "load-factor")))
                .tells(Shown.HOST, Shown.SITE, Shown.BACKEND_STATUS, Shown.LOAD_FACTOR, Shown.BACKEND_ID);
    }
}
