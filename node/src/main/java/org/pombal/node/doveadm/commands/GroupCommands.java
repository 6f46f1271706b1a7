package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Arguments;
import org.pombal.commands.ExitCodes;
import org.pombal.commands.Mask;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.TestUser;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupOperations;
import org.pombal.operations.GroupView;
import org.pombal.operations.Precondition;
import org.pombal.operations.StartedMove;

/** {@code cluster group ...} */
public final class GroupCommands {

    private final Cluster cluster;
    private final Self self;
    private final NodeMemory memory;
    private final Waiting waiting;
    private final Optional<TestUser> testUser;

    /** @param testUser {@code cluster_backend_test_username} */
    public GroupCommands(Cluster cluster, Self self, NodeMemory memory, Waiting waiting, Optional<TestUser> testUser) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.self = requireNonNull(self, "self is null");
        this.memory = requireNonNull(memory, "memory is null");
        this.waiting = requireNonNull(waiting, "waiting is null");
        this.testUser = requireNonNull(testUser, "testUser is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster group access", this::access)
                .add("cluster group list", this::list)
                .add("cluster group move", this::move)
                .add("cluster group status", this::status)
                .add("cluster group stay", this::stay)
                .add("cluster group update", this::update);
    }

    private GroupOperations groups(Output output) {
        return new GroupOperations(cluster, new Audit(output.operator()));
    }

    private CompletionStage<Void> access(Arguments arguments, Output output) {
        Optional<HostName> here = self.backend();
        if (here.isEmpty()) {
            return failedFuture(new CommandFailedException(
                    ExitCodes.DATA,
                    "'cluster group access' must be run on a backend, and this node stands beside a proxy: only the"
                            + " backend that serves a group can move it, and a proxy never does"));
        }
        return Outcomes.row(
                groups(output).status(self.siteName(), arguments.required("group")),
                output,
                view -> accessed(view, here.get()));
    }

    /** What a login finds out is remembered. */
    private Row accessed(GroupView view, HostName here) {
        memory.learn(view.group());
        return Row.row()
                .with("group", view.group().id().name())
                .with("backend", view.backend())
                .with("user", testUser.map(user -> user.on(here)));
    }

    private CompletionStage<Void> list(Arguments arguments, Output output) {
        Mask mask = arguments.mask("mask");
        return Outcomes.done(
                        groups(output)
                                .list(
                                        arguments.text("site"),
                                        mask::matches,
                                        views -> output.rows(views.stream()
                                                .map(GroupCommands::listed)
                                                .toList())),
                        output)
                .thenAccept(count -> {});
    }

    private static Row listed(GroupView view) {
        UserGroup group = view.group();
        return Row.row()
                .with("site", view.site().name())
                .with("group", group.id().name())
                .with("backend", view.backend())
                .with("alt-backend", view.alternative())
                .with("moving", group.isMoving())
                .with("sticky-backend", group.stickyBackend())
                .with("sticky-users", group.stickyUsers())
                .with("epoch", group.epoch());
    }

    private CompletionStage<Void> status(Arguments arguments, Output output) {
        return Outcomes.done(groups(output).status(arguments.required("site"), arguments.required("group")), output)
                .thenCompose(view -> Outcomes.done(groups(output).usersLeft(view.group()), output)
                        .thenCompose(left -> Outcomes.row(
                                groups(output).changedAt(view), output, since -> whole(view, since, left))));
    }

    private Row whole(GroupView view, Optional<Instant> since, OptionalInt usersLeft) {
        UserGroup group = view.group();
        Optional<GroupMove> move = group.move();
        return listed(view)
                .with("failover", group.failover().map(view::host))
                .with("move-id", move.map(GroupMove::id))
                .with("phase", move.map(GroupMove::phase))
                .with("users-left", usersLeft.isPresent() ? usersLeft.getAsInt() : null)
                .with("since", since)
                .with("why", view.why())
                .with("geodb", believed(view.backend(), group))
                .with("localdb", remembered(group));
    }

    private String remembered(UserGroup group) {
        @Nullable UserGroup known = memory.group(group.id());
        return known == null ? "" : believed(memory.host(known), known);
    }

    private static String believed(String host, UserGroup group) {
        return host + ", epoch " + group.epoch()
                + group.move().map(move -> ", " + move.phase()).orElse("");
    }

    private CompletionStage<Void> update(Arguments arguments, Output output) {
        return Outcomes.row(
                groups(output)
                        .setSticky(
                                arguments.required("site"),
                                arguments.required("group"),
                                arguments.yesOrNo("sticky-backend"),
                                arguments.yesOrNo("sticky-users")),
                output,
                view -> Row.row()
                        .with("site", view.site().name())
                        .with("group", view.group().id().name())
                        .with("sticky-backend", view.group().stickyBackend())
                        .with("sticky-users", view.group().stickyUsers()));
    }

    private CompletionStage<Void> stay(Arguments arguments, Output output) {
        return Outcomes.row(
                groups(output).withdraw(arguments.required("site"), arguments.required("group"), Precondition.none()),
                output,
                view -> Row.row()
                        .with("site", view.site().name())
                        .with("group", view.group().id().name())
                        .with("backend", view.backend()));
    }

    private CompletionStage<Void> move(Arguments arguments, Output output) {
        return Outcomes.done(
                        groups(output)
                                .move(
                                        arguments.required("site"),
                                        arguments.required("group"),
                                        new HostName(arguments.required("host")),
                                        arguments.flag("direct")),
                        output)
                .thenCompose(move -> {
                    CompletionStage<Void> told = output.rows(List.of(MoveRows.of(move)));
                    return arguments.flag("wait") ? told.thenCompose(done -> finished(move, output)) : told;
                });
    }

    private CompletionStage<Void> finished(StartedMove move, Output output) {
        String group = move.group().id().name();
        return waiting.until(
                () -> Outcomes.done(groups(output).status(move.siteName(), group), output)
                        .thenCompose(view -> {
                            Optional<GroupMove> now = view.group().move().filter(still -> move.id()
                                    .equals(Optional.of(still.id())));
                            if (now.isEmpty() && !view.backend().equals(move.to())) {
                                throw new CommandFailedException(
                                        ExitCodes.TEMPORARY,
                                        "the move of group " + group + " to " + move.to() + " did not come about: "
                                                + view.why());
                            }
                            return now.isEmpty()
                                    ? completedFuture(Optional.empty())
                                    : Outcomes.done(groups(output).usersLeft(view.group()), output)
                                            .thenApply(left -> Optional.of("group " + group + " to " + move.to() + ": "
                                                    + now.get().phase() + left(left)));
                        }),
                output);
    }

    private static String left(OptionalInt users) {
        return users.isPresent() ? ", " + users.getAsInt() + " users left" : "";
    }
}
