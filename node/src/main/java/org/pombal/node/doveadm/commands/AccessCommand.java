package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.pombal.commands.Arguments;
import org.pombal.commands.ExitCodes;
import org.pombal.dovecot.userdb.UserList;
import org.pombal.model.user.UserKey;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupView;
import org.pombal.operations.Outcome;
import org.pombal.operations.UserOperations;
import org.pombal.operations.UserView;

/** {@code cluster user access}: where users are, one line each. Creates nobody; goes on when one of them cannot be found. */
public final class AccessCommand {

    private static final int AT_ONCE = 32;

    private final Cluster cluster;
    private final HostAddresses addresses;
    private final Path userdbSocket;
    private final Executor blocking;

    /**
     * @param userdbSocket Dovecot's own, where {@code -S} names no other
     * @param blocking runs what waits for Dovecot's list of users
     */
    public AccessCommand(Cluster cluster, HostAddresses addresses, Path userdbSocket, Executor blocking) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
        this.userdbSocket = requireNonNull(userdbSocket, "userdbSocket is null");
        this.blocking = requireNonNull(blocking, "blocking is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster user access", this::access);
    }

    private CompletionStage<Void> access(Arguments arguments, Output output) {
        boolean ip = arguments.flag("ip");
        if (arguments.flag("all-users")) {
            Path socket = arguments.text("socket-path").map(Path::of).orElse(userdbSocket);
            return CompletableFuture.runAsync(() -> accessAll(socket, ip, output), blocking);
        }
        Optional<String> user = arguments.text("user");
        return user.isPresent()
                ? look(user.get(), ip).thenCompose(row -> output.rows(List.of(row)))
                : accessMany(arguments.users("user-file"), 0, ip, output);
    }

    /** Batch after batch, in their order. */
    private CompletionStage<Void> accessMany(List<String> users, int from, boolean ip, Output output) {
        if (from >= users.size()) {
            return completedFuture(null);
        }
        int to = Math.min(from + AT_ONCE, users.size());
        return rows(users.subList(from, to), ip)
                .thenCompose(output::rows)
                .thenComposeAsync(done -> accessMany(users, to, ip, output), blocking);
    }

    private CompletionStage<List<Row>> rows(List<String> users, boolean ip) {
        CompletionStage<List<Row>> rows = completedFuture(new ArrayList<>());
        for (String user : users) {
            CompletionStage<Row> row = look(user, ip).exceptionally(AccessCommand::failure);
            rows = rows.thenCombine(row, (all, one) -> {
                all.add(one);
                return all;
            });
        }
        return rows;
    }

    private void accessAll(Path socket, boolean ip, Output output) {
        List<String> batch = new ArrayList<>();
        try (UserList users = UserList.open(socket)) {
            for (Optional<String> user = users.next(); user.isPresent(); user = users.next()) {
                batch.add(user.get());
                if (batch.size() == AT_ONCE) {
                    rows(batch, ip)
                            .thenCompose(output::rows)
                            .toCompletableFuture()
                            .join();
                    batch.clear();
                }
            }
            rows(batch, ip).thenCompose(output::rows).toCompletableFuture().join();
        } catch (IOException e) {
            throw new CommandFailedException(ExitCodes.TEMPORARY, String.valueOf(e.getMessage()));
        }
    }

    private CompletionStage<Row> look(String name, boolean ip) {
        UserKey user;
        try {
            user = new UserKey(name);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new CommandFailedException(ExitCodes.USAGE, String.valueOf(e.getMessage())));
        }
        return new UserOperations(cluster).status(user).thenCompose(outcome -> {
            if (outcome instanceof Outcome.NotDone<UserView> missing) {
                throw CommandFailedException.of(missing.obstacle());
            }
            UserView view = ((Outcome.Done<UserView>) outcome).value();
            String host = view.group()
                    .map(GroupView::backend)
                    .orElseThrow(() -> new CommandFailedException(
                            ExitCodes.TEMPORARY, "user '" + user + "' has no backend now: " + view.why()));
            return (ip ? address(host) : completedFuture(host))
                    .thenApply(shown -> Row.row().with("user", name).with("backend", shown));
        });
    }

    private CompletionStage<String> address(String host) {
        return addresses.find(host).handle((address, failure) -> {
            if (failure != null) {
                throw new CommandFailedException(ExitCodes.TEMPORARY, "host name '" + host + "' does not resolve");
            }
            return address.getHostAddress();
        });
    }

    private static Row failure(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof CommandFailedException failed
                ? Row.failure(String.valueOf(failed.getMessage()), failed.exitCode())
                : Row.failure(String.valueOf(cause), ExitCodes.SOFTWARE);
    }
}
