package org.pombal.commands;

import static org.pombal.commands.Column.number;
import static org.pombal.commands.Column.text;
import static org.pombal.commands.CommandDraft.command;
import static org.pombal.commands.Parameter.argument;
import static org.pombal.commands.Parameter.option;

import java.util.List;

/** Commands about what one node remembers or sees: {@code cluster localdb}, {@code geodb}, {@code proxy}, {@code kick}. */
final class LocalCommands {

    private static final Column AGE = number("age", "seconds since the node last took it from GeoDB");

    static final CommandGroup GEODB =
            new CommandGroup("cluster geodb", "GeoDB, as the node sees it.", """
            GeoDB is the database that all nodes of all sites share. Nodes hear of changes in it within about a second, and are right
            even before: who knows less asks more.""".strip(), List.of(refresh()));

    static final CommandGroup LOCALDB = new CommandGroup(
            "cluster localdb",
            "LocalDB: what one node remembers.",
            """
            A proxy's node remembers the users and groups it has met, so that a known user's login costs no query. It is a memory only:
            what is removed from it is asked of GeoDB again. These commands are about the node they are sent to; a backend's node has
            no LocalDB.""".strip(),
            List.of(groupList(), groupRemove(), groupStatus(), userList(), userRemove(), userStatus()));

    static final CommandGroup PROXY = new CommandGroup(
            "cluster proxy", "Proxies that have reported to GeoDB.", """
            Nobody registers proxies. But the node of each reports that it is there, in the table nodes, and how its sessions fare with
            each backend and other site, in the table proxy_dest_stats; that is what these commands look at. A proxy that is gone
            leaves rows behind. They expire, after thirty days and after one day, or are removed here.""".strip(), List.of(proxyList(), proxyRemove()));

    private LocalCommands() {}

    private static ClusterCommand refresh() {
        return command("cluster geodb refresh", "Has the node read from GeoDB again what it remembers.")
                .explained("""
                        For tests, mostly: a node is right also with an old memory, and hears of changes by itself. Only the node that
                        the command is sent to is refreshed.""")
                .example("cluster geodb refresh")
                .tells(number("refreshed", "how many rows were read again"));
    }

    private static ClusterCommand groupList() {
        return command("cluster localdb group list", "Lists the groups that the node remembers.")
                .explained("One line for each group.")
                .example("cluster localdb group list --site lisbon")
                .takes(
                        Given.ONLY_SITE,
                        argument("mask", Given.MASK, "Which groups; all if none is given.")
                                .optional())
                .lists(Shown.SITE, Shown.GROUP, Shown.GROUP_BACKEND, Shown.ALT_BACKEND, Shown.EPOCH);
    }

    private static ClusterCommand groupRemove() {
        return command("cluster localdb group remove", "Has the node forget a group.")
                .explained("It is asked of GeoDB again when one of its users logs in.")
                .example("cluster localdb group remove lisbon default-17")
                .takes(Given.SITE, Given.GROUP)
                .tells(Shown.SITE, Shown.GROUP);
    }

    private static ClusterCommand groupStatus() {
        return command("cluster localdb group status", "Shows what the node remembers of a group.")
                .explained("To compare with GeoDB, see 'cluster group status'.")
                .example("cluster localdb group status lisbon default-17")
                .takes(Given.SITE, Given.GROUP)
                .tells(Shown.SITE, Shown.GROUP, Shown.GROUP_BACKEND, Shown.ALT_BACKEND, Shown.EPOCH, AGE);
    }

    private static ClusterCommand userList() {
        return command("cluster localdb user list", "Lists the users that the node remembers.")
                .explained("One line for each user.")
                .example("cluster localdb user list '*@example.org'")
                .takes(argument("mask", Given.MASK, "Which users; all if none is given.")
                        .optional())
                .lists(Shown.USER, Shown.SITE, Shown.GROUP);
    }

    private static ClusterCommand userRemove() {
        return command("cluster localdb user remove", "Has the node forget a user.")
                .explained("The user is asked of GeoDB again at the next login.")
                .example("cluster localdb user remove alice")
                .takes(Given.THE_USER)
                .tells(Shown.USER);
    }

    private static ClusterCommand userStatus() {
        return command("cluster localdb user status", "Shows what the node remembers of a user.")
                .explained("To compare with GeoDB, see 'cluster user status'.")
                .example("cluster localdb user status alice")
                .takes(Given.THE_USER)
                .tells(Shown.USER, Shown.SITE, Shown.GROUP, AGE);
    }

    private static ClusterCommand proxyList() {
        return command("cluster proxy list", "Lists the proxies that have reported to GeoDB.")
                .explained("""
                        One line for each proxy. stale are those that have not reported for three of their intervals
                        (cluster_report_interval) and 5 seconds: they are switched off, or cut off from GeoDB.""")
                .example("cluster proxy list --site lisbon")
                .takes(Given.ONLY_SITE)
                .lists(
                        text("proxy", "the proxy's name: its host name, or its cluster_proxy_name"),
                        Shown.SITE,
                        text("last-seen", "when it reported last, in UTC"),
                        number("age", "how many seconds ago that was"),
                        text("stale", "yes if it has not reported for some time, else no"),
                        number(
                                "lag",
                                "how many milliseconds it was behind GeoDB when it reported; null if it was never in step"),
                        text("version", "of Pombal"),
                        text("dovecot", "version of Dovecot; empty if it did not tell"),
                        number("rows", "how many rows it has in proxy_dest_stats"),
                        text("destinations", "the backends and other sites that these are about, separated by commas"));
    }

    private static ClusterCommand proxyRemove() {
        return command("cluster proxy remove", "Removes a proxy's rows from GeoDB.")
                .explained("""
                        For a proxy that was switched off for good. One that still reports is refused: with --force its rows are removed,
                        and come back with its next report.""")
                .example("cluster proxy remove p3.example.org")
                .takes(
                        option(
                                "site",
                                Given.NAME,
                                "The proxy's site; needed only if two sites have a proxy of this name."),
                        argument("proxy", Given.HOST, "The proxy's name, as the list shows it."),
                        Given.force("it still reports"))
                .tells(
                        text("proxy", "the proxy's name"),
                        Shown.SITE,
                        number("rows", "how many rows were removed from proxy_dest_stats"));
    }

    static ClusterCommand kick() {
        return command("cluster kick", "Disconnects a user everywhere in the site.")
                .explained("""
                        Ends all sessions of the user: at the proxies and at the backend that serves the user. The user may log in again
                        at once. A delivery by LMTP is not interrupted.""")
                .example("cluster kick alice")
                .takes(Given.THE_USER)
                .tells(number("kicked", "how many connections were ended"));
    }
}
