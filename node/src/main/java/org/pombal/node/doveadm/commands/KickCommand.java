package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.commands.Arguments;
import org.pombal.commands.ExitCodes;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.dovecot.doveadm.DoveadmException;
import org.pombal.model.backend.HostName;
import org.pombal.model.failure.FailureText;
import org.pombal.model.user.UserKey;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Cluster;
import org.pombal.operations.GroupView;
import org.pombal.operations.UserOperations;

/**
 * {@code cluster kick}: through Dovecot's own doveadm on this machine, and that of the user's backend. Kicked at the backend, a
 * session ends at whichever proxy it goes through.
 */
public final class KickCommand {

    private final Cluster cluster;
    private final Self self;
    private final BackendDoveadms doveadms;

    public KickCommand(Cluster cluster, Self self, BackendDoveadms doveadms) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.self = requireNonNull(self, "self is null");
        this.doveadms = requireNonNull(doveadms, "doveadms is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster kick", this::kick);
    }

    private CompletionStage<Void> kick(Arguments arguments, Output output) {
        UserKey user = new UserKey(arguments.required("user"));
        return Outcomes.done(new UserOperations(cluster).status(user), output).thenCompose(view -> {
            Optional<String> host = view.group().map(GroupView::backend);
            boolean isHere = self.backend().map(HostName::value).equals(host);
            CompletionStage<Optional<DoveadmClient>> remote =
                    host.filter(name -> !isHere).map(doveadms::of).orElse(completedFuture(Optional.empty()));
            return remote.thenCompose(client -> kick(user.value(), client))
                    .exceptionallyCompose(KickCommand::failed)
                    .thenCompose(count -> output.rows(List.of(Row.row().with("kicked", count))));
        });
    }

    private CompletionStage<Integer> kick(String user, Optional<DoveadmClient> remote) {
        if (doveadms.local().isEmpty() && remote.isEmpty()) {
            throw new CommandFailedException(
                    ExitCodes.CONFIG,
                    "nobody to ask: set cluster_dovecot_doveadm_key for the Dovecot on this machine, or"
                            + " cluster_backend_doveadm_key for those of backends");
        }
        CompletionStage<Integer> here = doveadms.local()
                .map(client -> self.backend().isPresent() ? client.kick(user) : client.proxyKick(user))
                .orElse(completedFuture(0));
        CompletionStage<Integer> there = remote.map(client -> client.kick(user)).orElse(completedFuture(0));
        // The same sessions, seen from both ends.
        return here.thenCombine(there, Math::max);
    }

    private static CompletionStage<Integer> failed(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        return failedFuture(
                cause instanceof DoveadmException
                        ? new CommandFailedException(
                                ExitCodes.TEMPORARY,
                                cause.getMessage() + "; whether sessions elsewhere were ended is not known")
                        : cause);
    }
}
