package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.commands.Arguments;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Audit;
import org.pombal.operations.BackendLoad;
import org.pombal.operations.BackendOperations;
import org.pombal.operations.BackendView;
import org.pombal.operations.Cluster;
import org.pombal.operations.Evacuation;

/** {@code cluster backend ...} */
public final class BackendCommands {

    private final Cluster cluster;
    private final Self self;
    private final Waiting waiting;

    public BackendCommands(Cluster cluster, Self self, Waiting waiting) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.self = requireNonNull(self, "self is null");
        this.waiting = requireNonNull(waiting, "waiting is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster backend add", this::add)
                .add("cluster backend evacuate", this::evacuate)
                .add("cluster backend list", this::list)
                .add("cluster backend remove", this::remove)
                .add("cluster backend status", this::status)
                .add("cluster backend update", this::update);
    }

    private BackendOperations backends(Output output) {
        return new BackendOperations(cluster, new Audit(output.operator()));
    }

    private CompletionStage<Void> add(Arguments arguments, Output output) {
        return Outcomes.row(
                backends(output)
                        .add(
                                arguments.text("site").orElse(self.siteName()),
                                self.backend(arguments),
                                arguments.uuid("id").map(BackendId::new)),
                output,
                BackendCommands::described);
    }

    private CompletionStage<Void> evacuate(Arguments arguments, Output output) {
        HostName host = self.backend(arguments);
        CompletionStage<Void> started = Outcomes.rows(
                new Evacuation(cluster, new Audit(output.operator()))
                        .start(host, arguments.flag("dry-run"), new Throttled(output)::at),
                output,
                MoveRows::of);
        return arguments.flag("wait") ? started.thenCompose(done -> emptied(host, output)) : started;
    }

    private CompletionStage<Void> emptied(HostName host, Output output) {
        long began = System.nanoTime();
        int[] first = {-1};
        return waiting.until(
                () -> Outcomes.done(backends(output).status(host), output).thenApply(load -> {
                    first[0] = first[0] < 0 ? load.groups() : first[0];
                    return load.groups() == 0
                            ? Optional.empty()
                            : Optional.of(left(first[0], load.groups(), System.nanoTime() - began));
                }),
                output);
    }

    private static String left(int first, int now, long nanos) {
        int gone = first - now;
        String eta = gone > 0 ? ", about " + Math.max(1, nanos / 1_000_000_000L * now / gone) + " s left" : "";
        return gone + " of " + first + " groups moved" + eta;
    }

    private CompletionStage<Void> list(Arguments arguments, Output output) {
        return Outcomes.rows(backends(output).list(arguments.text("site")), output, BackendCommands::described);
    }

    private CompletionStage<Void> remove(Arguments arguments, Output output) {
        return Outcomes.row(
                backends(output).remove(self.backend(arguments), arguments.flag("force")), output, view -> Row.row()
                        .with("host", view.backend().host())
                        .with("site", view.site().name())
                        .with("id", view.backend().id()));
    }

    private CompletionStage<Void> update(Arguments arguments, Output output) {
        Optional<LoadFactor> factor = arguments.wholeNumber("load-factor").isPresent()
                ? Optional.of(
                        new LoadFactor(arguments.wholeNumber("load-factor").getAsInt()))
                : Optional.empty();
        return Outcomes.row(
                backends(output)
                        .update(
                                self.backend(arguments),
                                arguments.text("status").map(BackendStatus::parse),
                                factor),
                output,
                BackendCommands::described);
    }

    private CompletionStage<Void> status(Arguments arguments, Output output) {
        return Outcomes.done(backends(output).status(self.backend(arguments)), output)
                .thenCompose(load -> output.rows(List.of(loaded(load))));
    }

    /** Leases come with the ownership protocol's owner; until a backend holds one there is none to show. */
    private static Row loaded(BackendLoad load) {
        return described(load.view())
                .with("share", Math.round(load.share() * 100) / 100.0)
                .with("groups", load.groups())
                .with("groups-moving-out", load.movingOut())
                .with("groups-moving-in", load.movingIn())
                .with("owner-lease", "none")
                .with("version", load.view().backend().version());
    }

    private static Row described(BackendView view) {
        Backend backend = view.backend();
        return Row.row()
                .with("host", backend.host())
                .with("site", view.site().name())
                .with("status", backend.status())
                .with("load-factor", backend.loadFactor().percent())
                .with("id", backend.id());
    }
}
