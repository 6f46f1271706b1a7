package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.commands.Arguments;
import org.pombal.commands.ExitCodes;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.SiteOperations;

/** {@code cluster proxy ...}. Nodes do not report to GeoDB yet, so no proxy is known there. */
public final class ProxyCommands {

    private final Cluster cluster;

    public ProxyCommands(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster proxy list", this::list).add("cluster proxy remove", this::remove);
    }

    private CompletionStage<Void> list(Arguments arguments, Output output) {
        Optional<String> site = arguments.text("site");
        return site.isEmpty()
                ? completedFuture(null)
                : Outcomes.done(new SiteOperations(cluster, new Audit(output.operator())).status(site.get()), output)
                        .thenAccept(known -> {});
    }

    private CompletionStage<Void> remove(Arguments arguments, Output output) {
        return failedFuture(new CommandFailedException(
                ExitCodes.NOT_FOUND, "no proxy '" + arguments.required("proxy") + "' has reported to GeoDB"));
    }
}
