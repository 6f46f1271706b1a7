package org.pombal.commands;

import static org.pombal.commands.Column.number;
import static org.pombal.commands.Column.text;
import static org.pombal.commands.CommandDraft.command;
import static org.pombal.commands.Parameter.argument;
import static org.pombal.commands.Parameter.option;

import java.util.List;

/** {@code cluster site ...} */
final class SiteCommands {

    private static final ParameterType LOAD_BALANCER_HOST = new ParameterType.HostOrAddress(false);

    private static final Parameter RATE = option(
            "rate",
            new ParameterType.WholeNumber(1, 100_000),
            "Users a second that each site moves, besides those who log in.");

    static final CommandGroup GROUP = new CommandGroup(
            "cluster site",
            "Sites: add, create groups, take out, remove.",
            """
            A site is a number of proxies and backends run together, under one controller. Users have a home site; proxies of
            other sites send them there, to the site's load balancer. A site may have a tag: then only users with that tag live
            on it, and they live on no site without it.

            Its status: online takes users; offline cannot be reached; standby can be reached but takes no new users; evacuate is
            being emptied of all users. New sites start online.""".strip(),
            List.of(
                    add(),
                    failoverList(),
                    failoverStart(),
                    failoverStop(),
                    failoverUpdate(),
                    forceMoveStart(),
                    forceMoveStop(),
                    forceMoveUpdate(),
                    init(),
                    list(),
                    reachabilityList(),
                    recover(),
                    remove(),
                    status(),
                    update()));

    private SiteCommands() {}

    private static ClusterCommand add() {
        return command("cluster site add", "Adds a site, in status online.")
                .explained("""
                        The name is the one that the site's nodes have as cluster_local_site. The load balancer is where other
                        sites' proxies connect; a cluster of one site needs none.

                        --id is only for a site that was removed and comes back: it then has its former UUID again.""")
                .example("cluster site add --load-balancer lb.porto.example.org porto")
                .takes(
                        Given.oldId("site"),
                        option("tag", Given.NAME, "The tag's name."),
                        option("load-balancer", LOAD_BALANCER_HOST, "Where other sites' proxies connect."),
                        Given.SITE_NAME)
                .tells(Shown.SITE_NAME, Shown.SITE_ID, Shown.SITE_STATUS, Shown.SITE_TAG, Shown.LOAD_BALANCER);
    }

    private static List<Column> failover() {
        return List.of(
                Shown.SITE,
                text("phase", "none, declared, active or recovering"),
                number("term", "how many failovers of the site have become active"),
                text("by-operator", "yes if an operator declared it; then only an operator ends it"),
                text("taken-by", "the sites that take its users, each with its share"),
                number("rate", "users a second that each site moves, besides those who log in"),
                text("paused", "yes if users are moved only when they log in"),
                number(
                        "recovering",
                        "percentage of those who were taken over that comes home; null if all do, or nobody yet"));
    }

    private static ClusterCommand failoverList() {
        return command("cluster site failover list", "Lists the failovers of all sites.")
                .explained("One line for each site.")
                .example("cluster site failover list")
                .lists(failover().toArray(Column[]::new));
    }

    private static ClusterCommand failoverStart() {
        return command("cluster site failover start", "Has other sites take the users of a site over.")
                .explained("""
                        The failover is declared at once. cluster_site_failover_wait later users are taken over: those who log in at
                        once, the others at a rate. 'site failover stop' withdraws it before that, and has the users come home later.

                        GeoDB must have a majority of its data centres: with two of which one is away nothing can be declared.""")
                .example("cluster site failover start porto")
                .takes(RATE, Given.SITE_NAME)
                .tells(failover().toArray(Column[]::new));
    }

    private static ClusterCommand failoverStop() {
        return command("cluster site failover stop", "Withdraws a site's failover, or has its users come home.")
                .explained("""
                        Users who were taken over come home at a rate; each is disconnected before the own site serves the user.""")
                .example("cluster site failover stop porto")
                .takes(RATE, Given.SITE_NAME)
                .tells(failover().toArray(Column[]::new));
    }

    private static ClusterCommand failoverUpdate() {
        return command("cluster site failover update", "Changes the rate of a site's failover, or pauses it.")
                .explained("While it is paused users are only taken over when they log in, and nobody is sent home.")
                .example("cluster site failover update --pause yes porto")
                .takes(RATE, option("pause", Given.YES_NO, "Whether it pauses."), Given.SITE_NAME)
                .rule(new Rule.AtLeastOne(List.of("rate", "pause")))
                .tells(failover().toArray(Column[]::new));
    }

    private static ClusterCommand forceMoveStart() {
        return command(
                        "cluster site force-move start",
                        "Moves a percentage of a site's users to other sites when they log in.")
                .explained("""
                        Users whose hash with the id, 0 to 99, is below the percentage leave for one of the other sites when they log in,
                        for good, as by 'user move'; who of them has other sessions is disconnected. Nobody is moved who does not log in,
                        or whom the site has only taken over from another.

                        The destinations must be online, have the site's tag, a load balancer and groups, and no forced move of their own.
                        Another status of the site ends it, as does 'force-move stop'.""")
                .example("cluster site force-move start lisbon 10 porto faro")
                .takes(
                        Given.SHARE_ID,
                        Given.SITE_NAME,
                        Given.PERCENTAGE,
                        argument("dest-site", new ParameterType.Several(Given.NAME), "Names of other sites."))
                .tells(Shown.forceMove(Shown.SITE_NAME));
    }

    private static ClusterCommand forceMoveStop() {
        return command("cluster site force-move stop", "Moves no more of a site's users when they log in.")
                .explained("Those who were moved stay where they are.")
                .example("cluster site force-move stop lisbon")
                .takes(Given.SITE_NAME)
                .tells(Shown.forceMove(Shown.SITE_NAME));
    }

    private static ClusterCommand forceMoveUpdate() {
        return command("cluster site force-move update", "Changes the percentage of a site's users that is moved.")
                .explained(
                        "A higher percentage adds users. With a lower one, those who were moved stay where they are.")
                .example("cluster site force-move update lisbon 25")
                .takes(Given.SITE_NAME, Given.PERCENTAGE)
                .tells(Shown.forceMove(Shown.SITE_NAME));
    }

    private static ClusterCommand init() {
        return command("cluster site init", "Creates a site's user groups.")
                .explained("""
                        Creates the groups default-1 to default-N, N being cluster_default_group_count. Usually there is no need for
                        it: a group is created when the first of its users logs in.

                        --update deletes the site's groups and creates them anew, which is how their number is changed. Its users lose
                        their groups and are placed again at their next login. It takes a while; not for a site in production. It asks
                        first, unless --yes is given, and is refused while a backend may have sessions of users of one of the groups:
                        stop the site's Dovecots before.""")
                .example("cluster site init porto")
                .takes(
                        option("update", Given.FLAG, "Deletes the groups there are and creates them anew."),
                        Given.SELF_SITE,
                        Given.SITE_NAME.optional(),
                        option("yes", Given.FLAG, "Does not ask before deleting groups."),
                        option(
                                "force",
                                Given.FLAG,
                                "With --update: although backends serve some of the groups. Suspends the promise, audited."),
                        Given.DRY_RUN)
                .rule(
                        Given.SELF_OR_NAME,
                        new Rule.Needs("yes", "update"),
                        new Rule.Needs("force", "update"),
                        new Rule.NeedsConsent("update", "yes", "dry-run"))
                .tells(
                        Shown.SITE_NAME,
                        number("groups", "how many user groups the site has now"),
                        number("created", "how many groups were created"),
                        number("removed", "how many groups were deleted before"),
                        number("users-unassigned", "how many users lost their group"));
    }

    private static ClusterCommand list() {
        return command("cluster site list", "Lists all sites.")
                .explained("One line for each site.")
                .example("cluster site list")
                .lists(
                        Shown.SITE_NAME,
                        Shown.SITE_ID,
                        Shown.SITE_STATUS,
                        Shown.SITE_TAG,
                        Shown.LOAD_BALANCER,
                        Shown.SITE_GROUPS);
    }

    private static ClusterCommand reachabilityList() {
        return command("cluster site reachability list", "Lists which site reaches which.")
                .explained("""
                        One line for each way from one site to another that has a load balancer, as the proxies of the one find it: they look at the other's load
                        balancer at an interval (cluster_site_check_interval), and count what users and mail experience. yes and no is what most of
                        them say; unknown, if none of them has said anything lately.""")
                .example("cluster site reachability list lisbon porto")
                .takes(
                        argument("src-site", Given.NAME, "Only from this site.").optional(),
                        argument("dest-site", Given.NAME, "Only to this site.").optional())
                .lists(
                        text("source", "name of the site from which"),
                        text("destination", "name of the site to which"),
                        text("reachable", "yes, no or unknown"),
                        number("proxies-reaching", "how many of its proxies reach it"),
                        number("proxies-failing", "how many do not"),
                        number("lasts", "for how many seconds that has been so; null if unknown"),
                        number("age", "how many seconds ago a proxy last said something; null if none ever did"),
                        text("why", "what one of those that fail found"));
    }

    private static ClusterCommand recover() {
        return command(
                        "cluster site recover",
                        "Has a percentage of the users come home whom other sites have taken over.")
                .explained("""
                        The site serves again, and those of its users come home, at the failover's rate, whose hash with the id, 0 to 99, is
                        below the percentage; the others stay where they are. A higher percentage adds users, 100 takes all of them home and so
                        ends the failover. With a lower one, those who are home stay.""")
                .example("cluster site recover porto 10")
                .takes(Given.SHARE_ID, Given.SITE_NAME, Given.PERCENTAGE)
                .tells(failover().toArray(Column[]::new));
    }

    private static ClusterCommand remove() {
        return command("cluster site remove", "Removes a site.")
                .explained("""
                        Refused while the site has backends or is the home or failover site of users; the message says of how many.
                        Remove its backends and move its users first. Keep the UUID that is printed: with it the site can be added
                        again as the one it was.

                        A site of which a backend holds its lease, and so may have sessions, is not removed by --force either.""")
                .example("cluster site remove porto")
                .takes(Given.SITE_NAME, Given.force("backends or users still depend on it"))
                .tells(Shown.SITE_NAME, Shown.SITE_ID);
    }

    private static ClusterCommand status() {
        return command("cluster site status", "Shows how a site is.")
                .explained("The site, and how many backends it has in which status.")
                .example("cluster site status lisbon")
                .takes(Given.SITE_NAME)
                .tells(
                        Shown.SITE_NAME,
                        Shown.SITE_ID,
                        Shown.SITE_STATUS,
                        Shown.SITE_TAG,
                        Shown.LOAD_BALANCER,
                        Shown.SITE_GROUPS,
                        number("backends-online", "how many of its backends are online"),
                        number("backends-offline", "how many of its backends are offline"),
                        number("backends-standby", "how many of its backends are on standby"),
                        Shown.FORCE_MOVE);
    }

    private static ClusterCommand update() {
        return command("cluster site update", "Changes a site's status, load balancer, tag or name.")
                .explained("""
                        A new name must be in the settings of all the site's nodes (cluster_local_site) before they are started again.
                        An empty tag or load balancer takes away what is set.""")
                .example("cluster site update --status standby porto")
                .takes(
                        Given.SELF_SITE,
                        option(
                                "load-balancer",
                                new ParameterType.HostOrAddress(true),
                                "Where other sites' proxies connect; empty for nowhere."),
                        option(
                                "status",
                                new ParameterType.Choice(List.of("online", "offline", "standby", "evacuate")),
                                "Whether it takes users."),
                        new Parameter(
                                "new-name",
                                List.of("--name", "--new-name"),
                                false,
                                false,
                                Given.NAME,
                                "A new name for the site."),
                        option("tag", Given.NAME_OR_NOTHING, "The tag's name; empty for none."),
                        new Parameter(
                                "name", List.of("--site"), true, false, Given.NAME, "The site's name as it is now."))
                .rule(Given.SELF_OR_NAME, new Rule.AtLeastOne(List.of("load-balancer", "status", "new-name", "tag")))
                .tells(Shown.SITE_NAME, Shown.SITE_ID, Shown.SITE_STATUS, Shown.SITE_TAG, Shown.LOAD_BALANCER);
    }
}
