package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Arguments;
import org.pombal.model.backend.HostName;
import org.pombal.model.share.UserShare;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.ForceMoveOperations;
import org.pombal.operations.ForcedMove;

/** {@code cluster site force-move ...} and {@code cluster backend force-move ...} */
public final class ForceMoveCommands {

    private final Cluster cluster;

    public ForceMoveCommands(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster site force-move start", this::startSite)
                .add("cluster site force-move stop", this::stopSite)
                .add("cluster site force-move update", this::updateSite)
                .add("cluster backend force-move start", this::startBackend)
                .add("cluster backend force-move stop", this::stopBackend)
                .add("cluster backend force-move update", this::updateBackend);
    }

    private ForceMoveOperations operations(Output output) {
        return new ForceMoveOperations(cluster, new Audit(output.operator()));
    }

    private CompletionStage<Void> startSite(Arguments arguments, Output output) {
        return Outcomes.row(
                operations(output)
                        .startSite(
                                arguments.required("name"),
                                arguments.text("id"),
                                percentage(arguments),
                                arguments.several("dest-site")),
                output,
                now -> shown("name", now));
    }

    private CompletionStage<Void> stopSite(Arguments arguments, Output output) {
        return Outcomes.row(operations(output).stopSite(arguments.required("name")), output, now -> shown("name", now));
    }

    private CompletionStage<Void> updateSite(Arguments arguments, Output output) {
        return Outcomes.row(
                operations(output).updateSite(arguments.required("name"), percentage(arguments)),
                output,
                now -> shown("name", now));
    }

    private CompletionStage<Void> startBackend(Arguments arguments, Output output) {
        return Outcomes.row(
                operations(output)
                        .startBackend(
                                host(arguments),
                                arguments.text("id"),
                                percentage(arguments),
                                arguments.several("dest-host").stream()
                                        .map(HostName::new)
                                        .toList()),
                output,
                now -> shown("host", now));
    }

    private CompletionStage<Void> stopBackend(Arguments arguments, Output output) {
        return Outcomes.row(operations(output).stopBackend(host(arguments)), output, now -> shown("host", now));
    }

    private CompletionStage<Void> updateBackend(Arguments arguments, Output output) {
        return Outcomes.row(
                operations(output).updateBackend(host(arguments), percentage(arguments)),
                output,
                now -> shown("host", now));
    }

    private static HostName host(Arguments arguments) {
        return new HostName(arguments.required("host"));
    }

    private static int percentage(Arguments arguments) {
        return arguments.wholeNumber("percentage").orElseThrow();
    }

    private static Row shown(String of, ForcedMove now) {
        return Row.row()
                .with(of, now.from())
                .with("percentage", number(now))
                .with("destinations", String.join(" ", now.destinations()))
                .with("id", now.share().map(UserShare::id));
    }

    private static @Nullable Object number(ForcedMove now) {
        return now.share().map(UserShare::percentage).orElse(null);
    }
}
