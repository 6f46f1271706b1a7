package org.pombal.commands;

import static org.pombal.commands.Column.text;
import static org.pombal.commands.CommandDraft.command;
import static org.pombal.commands.Parameter.argument;
import static org.pombal.commands.Parameter.option;

import java.util.List;

/** {@code cluster user ...} */
final class UserCommands {

    static final CommandGroup GROUP = new CommandGroup(
            "cluster user",
            "Users: where one is, and why; move one.",
            """
            A user has a home site and a group there, and may have a failover site and group. Both are written down at the first
            login, chosen by a hash of the name so that any two proxies choose alike. Which backend serves the user then follows
            from the group.""".strip(),
            List.of(access(), delete(), list(), move(), status(), stay()));

    private UserCommands() {}

    private static ClusterCommand access() {
        return command("cluster user access", "Looks users up as a login would, and prints their backends.")
                .explained("""
                        Goes the way a login of the user goes, which may lead to another site, and makes a move of the user go on. One
                        line for each user. It creates no user: who has never logged in is not found.

                        For many users name a file with -F, one user a line, or take all users of Dovecot's userdb with -A.""")
                .example("cluster user access -u alice")
                .takes(
                        option("ip", Given.FLAG, "Shows the backend's IP address in place of its host name.")
                                .flag("-i"),
                        option("all-users", Given.FLAG, "All users that Dovecot's userdb lists.")
                                .flag("-A"),
                        option(
                                        "socket-path",
                                        new ParameterType.SocketPath(),
                                        "Dovecot's doveadm socket on the node's machine, by which it lists users.")
                                .flag("-S"),
                        option("user", Given.USER, "One user.").flag("-u"),
                        option(
                                        "user-file",
                                        new ParameterType.Users(),
                                        "A file of users, one a line; - is the standard input.")
                                .flag("-F"))
                .rule(
                        new Rule.ExactlyOne(List.of("user", "user-file", "all-users")),
                        new Rule.Needs("socket-path", "all-users"))
                .lists(
                        text("user", "the user's name, as given"),
                        text("backend", "host name of the backend, or with -i its IP address"));
    }

    private static ClusterCommand delete() {
        return command("cluster user delete", "Deletes a user's row in GeoDB.")
                .explained("""
                        The user's next login is like the first: it may lead to another group and backend. Mail is not touched.""")
                .example("cluster user delete alice")
                .takes(Given.THE_USER)
                .tells(Shown.USER);
    }

    private static ClusterCommand list() {
        return command("cluster user list", "Lists the users that GeoDB knows.")
                .explained("One line for each user, as they come; a cluster may have many millions of them.")
                .example("cluster user list --site lisbon --group default-17 '*@example.org'")
                .takes(
                        option("site", Given.NAME, "Only users whose home this site is."),
                        option("group", Given.NAME, "Only users in groups of this name."),
                        argument("mask", Given.MASK, "Which users; '*' is all."))
                .lists(Shown.USER, Shown.SITE, Shown.GROUP);
    }

    private static ClusterCommand move() {
        return command("cluster user move", "Moves a user to another group, and to another site if asked.")
                .explained("""
                        Starts the move and ends; with --wait it ends when the move has. The user's backend disconnects the user and
                        lets go before another serves the user.

                        'user stay' takes the move back until the user's backend has changed the user's row.

                        A user has the tag of the home site, and is moved only to sites with that tag; to another with --tag. Sites that
                        are not online take no users of others.""")
                .example("cluster user move --site porto alice default-3")
                .takes(
                        option("site", Given.NAME, "The group's site; the user's home site if not given."),
                        option(
                                "tag",
                                Given.NAME_OR_NOTHING,
                                "The tag that the user has from now on, empty for none; that of the home site if not given."),
                        Given.THE_USER,
                        argument("group", Given.NAME, "The new group."),
                        argument("failover-group", Given.NAME, "The new failover group, of the user's failover site.")
                                .optional(),
                        Given.WAIT)
                .tells(
                        Shown.USER,
                        text("from", "the group the user leaves, as SITE/GROUP"),
                        text("to", "the new group, as SITE/GROUP"),
                        Shown.MOVE_ID);
    }

    private static ClusterCommand status() {
        return command("cluster user status", "Shows where a user is, and why.")
                .explained("""
                        why says since when and by which rule or move the user is there. geodb and localdb say what each layer believes:
                        a difference is a node that has not heard of a change yet, which costs time and never correctness.""")
                .example("cluster user status alice")
                .takes(Given.THE_USER)
                .explains(
                        Shown.USER,
                        Shown.SITE,
                        Shown.GROUP,
                        text("failover-site", "site that takes the user if the home site fails; empty if none"),
                        text("failover-group", "the user's group there; empty if none"),
                        text("backend", "host name of the backend that serves the user"),
                        Shown.ALT_BACKEND,
                        text("moving", "yes while the user or the user's group moves, else no"),
                        text("why", "since when and by which rule or move the user is there"),
                        text("geodb", "what GeoDB says: site, group, backend"),
                        text("localdb", "what this node's own memory says: site, group, backend; empty if nothing"));
    }

    private static ClusterCommand stay() {
        return command("cluster user stay", "Takes back that a user moves or is deleted.")
                .explained("""
                        For a user whose move or deletion does not come to an end: a mail process does not end, or a flush hook hangs.
                        Starts that and ends; with --wait it ends when it is sure that the user stays. Until then nobody serves the
                        user. Sessions that were ended do not come back by themselves; mail clients connect again.

                        What has been written into the user's row stands: then there is nothing to take back, or it turns out that the
                        user has left all the same, which --wait says. Move the user back then. While the user's group is being moved
                        to another backend it is refused.""")
                .example("cluster user stay --wait alice")
                .takes(
                        option(
                                "wait",
                                Given.FLAG,
                                "Waits until it is sure whether the user stays, and says meanwhile how far it is. Ending the command"
                                        + " does not end that."),
                        Given.THE_USER)
                .tells(
                        Shown.USER,
                        text("group", "the group the user stays in, as SITE/GROUP"),
                        text("move-id", "UUID of the withdrawal, as in logs and the audit"));
    }
}
