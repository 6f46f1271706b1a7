package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.commands.Arguments;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.Departures;
import org.pombal.operations.GroupView;
import org.pombal.operations.Obstacle;
import org.pombal.operations.Outcome;
import org.pombal.operations.Precondition;
import org.pombal.operations.StartedUserMove;
import org.pombal.operations.UserFilter;
import org.pombal.operations.UserMoves;
import org.pombal.operations.UserOperations;
import org.pombal.operations.UserView;

/** {@code cluster user ...}, but for {@link AccessCommand}. */
public final class UserCommands {

    private final Cluster cluster;
    private final NodeMemory memory;
    private final Waiting waiting;

    public UserCommands(Cluster cluster, NodeMemory memory, Waiting waiting) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.memory = requireNonNull(memory, "memory is null");
        this.waiting = requireNonNull(waiting, "waiting is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster user delete", this::delete)
                .add("cluster user list", this::list)
                .add("cluster user move", this::move)
                .add("cluster user status", this::status)
                .add("cluster user stay", this::stay);
    }

    private CompletionStage<Void> status(Arguments arguments, Output output) {
        UserKey user = new UserKey(arguments.required("user"));
        return Outcomes.done(new UserOperations(cluster).status(user), output).thenCompose(view -> memory.homeOf(user)
                .thenCompose(home -> output.rows(List.of(described(view, home)))));
    }

    private Row described(UserView view, Optional<GroupId> remembered) {
        Optional<GroupView> group = view.group();
        return Row.row()
                .with("user", view.user().key())
                .with("site", view.siteName())
                .with("group", view.user().home().name())
                .with("failover-site", view.failoverSiteName())
                .with("failover-group", view.user().failover().map(GroupId::name))
                .with("backend", group.map(GroupView::backend))
                .with("alt-backend", group.flatMap(GroupView::alternative))
                .with("moving", view.isMoving())
                .with("why", view.why())
                .with(
                        "geodb",
                        view.siteName() + "/" + view.user().home().name() + " on "
                                + group.map(GroupView::backend).orElse("no backend yet"))
                .with("localdb", remembered.map(this::believed));
    }

    private String believed(GroupId home) {
        String site = memory.sites().stream()
                .filter(known -> known.id().equals(home.site()))
                .map(Site::name)
                .findFirst()
                .orElse(home.site().toString());
        var group = memory.group(home);
        return site + "/" + home.name() + (group == null ? "" : " on " + memory.host(group));
    }

    private CompletionStage<Void> list(Arguments arguments, Output output) {
        UserFilter filter =
                new UserFilter(arguments.text("site"), arguments.text("group"), arguments.mask("mask")::matches);
        return Outcomes.done(
                        new UserOperations(cluster)
                                .list(
                                        filter,
                                        users -> output.rows(users.stream()
                                                .map(listed -> Row.row()
                                                        .with(
                                                                "user",
                                                                listed.user().key())
                                                        .with("site", listed.siteName())
                                                        .with(
                                                                "group",
                                                                listed.user()
                                                                        .home()
                                                                        .name()))
                                                .toList())),
                        output)
                .thenAccept(count -> {});
    }

    private CompletionStage<Void> delete(Arguments arguments, Output output) {
        UserKey user = new UserKey(arguments.required("user"));
        return Outcomes.done(new Departures(cluster, new Audit(output.operator())).delete(user), output)
                .thenCompose(started -> {
                    if (!started.finished()) {
                        output.progress("note: a backend serves the user; it ends the sessions, then deletes the row");
                    }
                    return output.rows(List.of(Row.row().with("user", user)));
                });
    }

    private CompletionStage<Void> move(Arguments arguments, Output output) {
        UserKey user = new UserKey(arguments.required("user"));
        return Outcomes.done(
                        new Departures(cluster, new Audit(output.operator()))
                                .move(
                                        user,
                                        arguments.text("site"),
                                        arguments.required("group"),
                                        arguments.text("failover-group"),
                                        arguments.text("tag"),
                                        Precondition.none()),
                        output)
                .thenCompose(started -> {
                    CompletionStage<Void> told = output.rows(List.of(Row.row()
                            .with("user", user)
                            .with("from", started.from())
                            .with("to", started.to())
                            .with("move-id", started.id())));
                    return arguments.flag("wait") && !started.finished()
                            ? told.thenCompose(done -> finished(started, output))
                            : told;
                });
    }

    private CompletionStage<Void> finished(StartedUserMove started, Output output) {
        return waiting.until(
                () -> new UserOperations(cluster).status(started.user()).thenApply(outcome -> {
                    if (outcome instanceof Outcome.NotDone<UserView> gone) {
                        throw CommandFailedException.of(gone.obstacle());
                    }
                    UserView view = ((Outcome.Done<UserView>) outcome).value();
                    String now = view.siteName() + "/" + view.user().home().name();
                    if (started.to().equals(Optional.of(now))) {
                        return Optional.empty();
                    }
                    if (view.leaving().isEmpty()) {
                        throw CommandFailedException.of(new Obstacle.Conflict(
                                "the move of user " + started.user() + " did not come about: " + view.why()));
                    }
                    return Optional.of("user " + started.user() + " is still in " + now);
                }),
                output);
    }

    private CompletionStage<Void> stay(Arguments arguments, Output output) {
        UserKey user = new UserKey(arguments.required("user"));
        boolean wait = arguments.flag("wait");
        return Outcomes.done(
                        new UserMoves(cluster, new Audit(output.operator())).withdraw(user, Precondition.none()),
                        output)
                .thenCompose(started -> {
                    if (!started.finished() && !wait) {
                        output.progress("note: a backend makes sure that the user stays, and lets the user in then");
                    }
                    CompletionStage<Void> told = output.rows(List.of(Row.row()
                            .with("user", user)
                            .with("group", started.to())
                            .with("move-id", started.id())));
                    return wait && !started.finished() ? told.thenCompose(done -> stays(started, output)) : told;
                });
    }

    /** Waits until the withdrawal is out of the group's row. */
    private CompletionStage<Void> stays(StartedUserMove started, Output output) {
        return waiting.until(
                        () -> Outcomes.done(new UserOperations(cluster).status(started.user()), output)
                                .thenApply(view -> view.leaving()
                                        .filter(departure -> started.id().equals(Optional.of(departure.id())))
                                        .map(departure -> "user " + started.user() + ": " + view.why())),
                        output)
                // The user was read before the group, and may have left between.
                .thenCompose(done -> Outcomes.done(new UserOperations(cluster).status(started.user()), output))
                .thenAccept(view -> {
                    String now = view.siteName() + "/" + view.user().home().name();
                    if (!started.to().equals(Optional.of(now))) {
                        throw CommandFailedException.of(new Obstacle.Conflict("user " + started.user()
                                + " had left before it was taken back, and is in " + now + "; move the user back"));
                    }
                });
    }
}
