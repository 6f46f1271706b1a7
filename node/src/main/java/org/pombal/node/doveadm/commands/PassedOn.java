package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.ExitCodes;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.dovecot.doveadm.DoveadmException;
import org.pombal.model.failure.FailureText;
import org.pombal.model.user.UserKey;
import org.pombal.node.doveadm.Call;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.Execution;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupView;
import org.pombal.operations.Outcome;
import org.pombal.operations.UserOperations;
import org.pombal.operations.UserView;

/** Commands that are Dovecot's: passed on to the doveadm of the user's backend, and the answer back as it comes. */
public final class PassedOn implements Execution.OtherCommands {

    private static final String USER = "user";

    private final Cluster cluster;
    private final BackendDoveadms doveadms;

    public PassedOn(Cluster cluster, BackendDoveadms doveadms) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.doveadms = requireNonNull(doveadms, "doveadms is null");
    }

    /** A command of ours that is misspelled, and one without a user, are known to nobody. */
    @Override
    public CompletionStage<Optional<byte[]>> answer(Call call) {
        Optional<String> user = callsUser(call);
        if (call.name().startsWith(CommandCatalog.ROOT) || user.isEmpty()) {
            return completedFuture(Optional.empty());
        }
        UserKey key;
        try {
            key = new UserKey(user.get());
        } catch (IllegalArgumentException e) {
            return failedFuture(new CommandFailedException(ExitCodes.NO_USER, String.valueOf(e.getMessage())));
        }
        return new UserOperations(cluster)
                .status(key)
                .thenCompose(outcome -> client(key, outcome))
                .thenCompose(
                        client -> client.send(call.name(), call.json().getBytes(StandardCharsets.UTF_8), call.tag()))
                .exceptionallyCompose(PassedOn::failed)
                .thenApply(body -> Optional.of(element(body)));
    }

    private static Optional<String> callsUser(Call call) {
        return Optional.ofNullable(call.parameters().get(USER))
                .filter(values -> values.size() == 1)
                .map(values -> values.get(0));
    }

    private CompletionStage<DoveadmClient> client(UserKey user, Outcome<UserView> outcome) {
        if (outcome instanceof Outcome.NotDone<UserView> missing) {
            throw CommandFailedException.of(missing.obstacle());
        }
        UserView view = ((Outcome.Done<UserView>) outcome).value();
        String host = view.group()
                .map(GroupView::backend)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCodes.TEMPORARY, "user '" + user + "' has no backend now: " + view.why()));
        return doveadms.of(host)
                .thenApply(client -> client.orElseThrow(() -> new CommandFailedException(
                        ExitCodes.CONFIG,
                        "commands of Dovecot's are passed on to backends only with cluster_backend_doveadm_key set")));
    }

    private static CompletionStage<byte[]> failed(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        return failedFuture(
                cause instanceof DoveadmException
                        ? new CommandFailedException(ExitCodes.TEMPORARY, String.valueOf(cause.getMessage()))
                        : cause);
    }

    /** The answer has one element, in brackets of its own. */
    private static byte[] element(byte[] body) {
        int begin = 0;
        int end = body.length;
        while (begin < end && body[begin] <= ' ') {
            begin++;
        }
        while (end > begin && body[end - 1] <= ' ') {
            end--;
        }
        if (end - begin < 4 || body[begin] != '[' || body[begin + 1] != '[' || body[end - 1] != ']') {
            throw new CommandFailedException(
                    ExitCodes.TEMPORARY, "the backend's doveadm did not answer in JSON; see its log");
        }
        return Arrays.copyOfRange(body, begin + 1, end - 1);
    }
}
