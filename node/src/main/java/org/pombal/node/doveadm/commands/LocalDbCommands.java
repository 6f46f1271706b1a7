package org.pombal.node.doveadm.commands;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Arguments;
import org.pombal.commands.ExitCodes;
import org.pombal.commands.Mask;
import org.pombal.model.failure.FailureText;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.doveadm.Command;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.node.doveadm.commands.NodeMemory.KnownUser;

/** {@code cluster localdb ...} and {@code cluster geodb refresh}: what this node remembers. */
public final class LocalDbCommands {

    private static final int PAGE_SIZE = 500;

    private final NodeMemory memory;

    public LocalDbCommands(NodeMemory memory) {
        this.memory = requireNonNull(memory, "memory is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster geodb refresh", this::refresh)
                .add("cluster localdb group list", onProxies(this::listGroups))
                .add("cluster localdb group remove", onProxies(this::removeGroup))
                .add("cluster localdb group status", onProxies(this::groupStatus))
                .add("cluster localdb user list", onProxies(this::listUsers))
                .add("cluster localdb user remove", onProxies(this::removeUser))
                .add("cluster localdb user status", onProxies(this::userStatus));
    }

    private Command onProxies(Command command) {
        return (arguments, output) -> memory.hasLocalDb()
                ? command.run(arguments, output)
                : failedFuture(new CommandFailedException(
                        ExitCodes.DATA, "this node stands beside a backend and has no LocalDB; ask a proxy's node"));
    }

    private CompletionStage<Void> refresh(Arguments arguments, Output output) {
        return memory.refresh()
                .exceptionallyCompose(failure -> failedFuture(
                        new CommandFailedException(ExitCodes.TEMPORARY, "nothing was read anew: " + reason(failure))))
                .thenCompose(rows -> output.rows(List.of(Row.row().with("refreshed", rows))));
    }

    private static String reason(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        return String.valueOf(cause.getMessage());
    }

    private CompletionStage<Void> listGroups(Arguments arguments, Output output) {
        Mask mask = arguments.mask("mask");
        Optional<SiteId> site = arguments.text("site").map(this::site);
        return output.rows(memory.groups().stream()
                .filter(group -> site.isEmpty() || group.id().site().equals(site.get()))
                .filter(group -> mask.matches(group.id().name()))
                .sorted(comparing(group -> group.id().name()))
                .map(this::described)
                .toList());
    }

    private Row described(UserGroup group) {
        return Row.row()
                .with("site", siteName(group.id().site()))
                .with("group", group.id().name())
                .with("backend", memory.host(group))
                .with("alt-backend", memory.alternative(group))
                .with("epoch", group.epoch());
    }

    private CompletionStage<Void> groupStatus(Arguments arguments, Output output) {
        return output.rows(List.of(described(known(arguments)).with("age", age())));
    }

    private @Nullable Object age() {
        return memory.age().map(Duration::toSeconds).orElse(null);
    }

    private CompletionStage<Void> removeGroup(Arguments arguments, Output output) {
        UserGroup group = known(arguments);
        memory.forget(group.id());
        return output.rows(List.of(Row.row()
                .with("site", siteName(group.id().site()))
                .with("group", group.id().name())));
    }

    private UserGroup known(Arguments arguments) {
        String name = arguments.required("group");
        UserGroup group = memory.group(new GroupId(site(arguments.required("site")), name));
        if (group == null) {
            throw new CommandFailedException(
                    ExitCodes.NOT_FOUND, "this node remembers no group '" + name + "' of that site");
        }
        return group;
    }

    private SiteId site(String name) {
        return memory.sites().stream()
                .filter(site -> site.name().equals(name))
                .map(Site::id)
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailedException(ExitCodes.NOT_FOUND, "this node knows no site '" + name + "'"));
    }

    private String siteName(SiteId id) {
        return memory.sites().stream()
                .filter(site -> site.id().equals(id))
                .map(Site::name)
                .findFirst()
                .orElse(id.toString());
    }

    private CompletionStage<Void> listUsers(Arguments arguments, Output output) {
        return listUsers(arguments.mask("mask"), "", output);
    }

    private CompletionStage<Void> listUsers(Mask mask, String after, Output output) {
        return memory.users(after, PAGE_SIZE).thenCompose(users -> output.rows(users.stream()
                        .filter(known -> mask.matches(known.user().value()))
                        .map(this::described)
                        .toList())
                .thenCompose(done -> users.size() < PAGE_SIZE
                        ? completedFuture(null)
                        : listUsers(mask, users.get(users.size() - 1).user().value(), output)));
    }

    private Row described(KnownUser known) {
        return Row.row()
                .with("user", known.user())
                .with("site", siteName(known.home().site()))
                .with("group", known.home().name());
    }

    private CompletionStage<Void> userStatus(Arguments arguments, Output output) {
        UserKey user = new UserKey(arguments.required("user"));
        return home(user)
                .thenCompose(home ->
                        output.rows(List.of(described(new KnownUser(user, home)).with("age", age()))));
    }

    private CompletionStage<Void> removeUser(Arguments arguments, Output output) {
        UserKey user = new UserKey(arguments.required("user"));
        return home(user).thenCompose(home -> {
            memory.forget(user);
            return output.rows(List.of(Row.row().with("user", user)));
        });
    }

    private CompletionStage<GroupId> home(UserKey user) {
        return memory.homeOf(user)
                .thenApply(home -> home.orElseThrow(() ->
                        new CommandFailedException(ExitCodes.NO_USER, "this node remembers no user '" + user + "'")));
    }
}
