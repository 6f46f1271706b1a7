package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Arguments;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.reachability.ReachabilityMatrix;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupCounts;
import org.pombal.operations.ReachabilityOperations;
import org.pombal.operations.SiteChange;
import org.pombal.operations.SiteFailoverOperations;
import org.pombal.operations.SiteGroups;
import org.pombal.operations.SiteOperations;
import org.pombal.operations.SiteView;

/** {@code cluster site ...} */
public final class SiteCommands {

    private final Cluster cluster;
    private final Self self;
    private final int groupCount;
    private final int rate;

    /**
     * All of them.
     *
     * @param groupCount {@code cluster_default_group_count}
     * @param rate {@code cluster_site_move_rate}
     */
    public SiteCommands(Cluster cluster, Self self, int groupCount, int rate) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.self = requireNonNull(self, "self is null");
        this.groupCount = groupCount;
        this.rate = rate;
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster site add", this::add)
                .add("cluster site failover list", this::failovers)
                .add("cluster site failover start", this::failoverStart)
                .add("cluster site failover stop", this::failoverStop)
                .add("cluster site failover update", this::failoverUpdate)
                .add("cluster site init", this::init)
                .add("cluster site list", this::list)
                .add("cluster site reachability list", this::reachability)
                .add("cluster site recover", this::recover)
                .add("cluster site remove", this::remove)
                .add("cluster site status", this::status)
                .add("cluster site update", this::update);
    }

    private SiteOperations sites(Output output) {
        return new SiteOperations(cluster, new Audit(output.operator()));
    }

    private CompletionStage<Void> add(Arguments arguments, Output output) {
        return Outcomes.row(
                sites(output)
                        .add(
                                arguments.required("name"),
                                arguments.uuid("id").map(SiteId::new),
                                arguments.text("tag"),
                                arguments.text("load-balancer")),
                output,
                SiteCommands::described);
    }

    private CompletionStage<Void> init(Arguments arguments, Output output) {
        SiteGroups.Mode mode =
                new SiteGroups.Mode(arguments.flag("update"), arguments.flag("force"), arguments.flag("dry-run"));
        return Outcomes.row(
                new SiteGroups(cluster, new Audit(output.operator()))
                        .create(self.site(arguments), groupCount, mode, new Throttled(output)::at),
                output,
                SiteCommands::counts);
    }

    private static Row counts(GroupCounts counts) {
        return Row.row()
                .with("name", counts.siteName())
                .with("groups", counts.groups())
                .with("created", counts.created())
                .with("removed", counts.removed())
                .with("users-unassigned", counts.usersUnassigned());
    }

    private CompletionStage<Void> list(Arguments arguments, Output output) {
        return Outcomes.rows(
                sites(output).list(), output, site -> described(site).with("groups", groups(site)));
    }

    private CompletionStage<Void> status(Arguments arguments, Output output) {
        return Outcomes.row(sites(output).status(arguments.required("name")), output, site -> described(site)
                .with("groups", groups(site))
                .with("backends-online", count(site, BackendStatus.ONLINE))
                .with("backends-offline", count(site, BackendStatus.OFFLINE))
                .with("backends-standby", count(site, BackendStatus.STANDBY))
                .with("force-move", percentage(site.site().forceMove().map(ForceMove::share))));
    }

    private SiteFailoverOperations failover(Output output) {
        return new SiteFailoverOperations(cluster, new Audit(output.operator()));
    }

    private CompletionStage<Void> failovers(Arguments arguments, Output output) {
        return Outcomes.rows(failover(output).list(), output, SiteCommands::shown);
    }

    private CompletionStage<Void> failoverStart(Arguments arguments, Output output) {
        return Outcomes.row(
                failover(output)
                        .start(
                                arguments.required("name"),
                                arguments.wholeNumber("rate").orElse(rate)),
                output,
                SiteCommands::shown);
    }

    private CompletionStage<Void> failoverStop(Arguments arguments, Output output) {
        return Outcomes.row(
                failover(output).stop(arguments.required("name"), arguments.wholeNumber("rate")),
                output,
                SiteCommands::shown);
    }

    private CompletionStage<Void> recover(Arguments arguments, Output output) {
        return Outcomes.row(
                failover(output)
                        .recover(
                                arguments.required("name"),
                                arguments.text("id"),
                                arguments.wholeNumber("percentage").orElseThrow()),
                output,
                SiteCommands::shown);
    }

    private CompletionStage<Void> failoverUpdate(Arguments arguments, Output output) {
        return Outcomes.row(
                failover(output)
                        .pace(arguments.required("name"), arguments.wholeNumber("rate"), arguments.yesOrNo("pause")),
                output,
                SiteCommands::shown);
    }

    private static Row shown(SiteFailoverOperations.Listed listed) {
        return Row.row()
                .with("site", listed.site())
                .with("phase", listed.row().phase())
                .with("term", listed.row().term())
                .with("by-operator", listed.row().byOperator() ? "yes" : "no")
                .with(
                        "taken-by",
                        listed.shares().entrySet().stream()
                                .map(share -> share.getKey() + "=" + share.getValue())
                                .collect(joining(" ")))
                .with("rate", listed.row().rate())
                .with("paused", listed.row().paused() ? "yes" : "no")
                .with("recovering", percentage(listed.row().returning()));
    }

    private static @Nullable Object percentage(Optional<UserShare> share) {
        return share.map(UserShare::percentage).orElse(null);
    }

    private CompletionStage<Void> reachability(Arguments arguments, Output output) {
        return Outcomes.rows(
                new ReachabilityOperations(cluster).list(arguments.text("src-site"), arguments.text("dest-site")),
                output,
                SiteCommands::way);
    }

    private static Row way(ReachabilityOperations.Listed listed) {
        Optional<ReachabilityMatrix.Way> way = listed.way();
        return Row.row()
                .with("source", listed.source())
                .with("destination", listed.destination())
                .with("reachable", listed.reachable())
                .with(
                        "proxies-reaching",
                        way.map(ReachabilityMatrix.Way::reaching).orElse(0))
                .with(
                        "proxies-failing",
                        way.map(ReachabilityMatrix.Way::failing).orElse(0))
                .with(
                        "lasts",
                        seconds(way.filter(its -> its.word() != ReachabilityMatrix.Word.NOTHING)
                                .map(ReachabilityMatrix.Way::lasts)))
                .with("age", seconds(way.map(ReachabilityMatrix.Way::age)))
                .with("why", way.flatMap(ReachabilityMatrix.Way::why));
    }

    private static @Nullable Object seconds(Optional<Duration> span) {
        return span.map(Duration::toSeconds).orElse(null);
    }

    private static int groups(SiteView site) {
        return site.site().groupCount().orElse(0);
    }

    private static int count(SiteView site, BackendStatus status) {
        return site.backends().getOrDefault(status, 0);
    }

    private CompletionStage<Void> remove(Arguments arguments, Output output) {
        return Outcomes.row(
                sites(output).remove(arguments.required("name"), arguments.flag("force"), new Throttled(output)::at),
                output,
                site -> Row.row().with("name", site.name()).with("id", site.id()));
    }

    private CompletionStage<Void> update(Arguments arguments, Output output) {
        SiteChange change = new SiteChange(
                arguments.text("new-name"),
                arguments.text("status").map(SiteStatus::parse),
                arguments.text("tag"),
                arguments.text("load-balancer"));
        return Outcomes.row(sites(output).update(self.site(arguments), change), output, SiteCommands::described);
    }

    private static Row described(SiteView site) {
        return Row.row()
                .with("name", site.site().name())
                .with("id", site.site().id())
                .with("status", site.site().status())
                .with("tag", site.tagName())
                .with("load-balancer", site.site().loadBalancer());
    }
}
