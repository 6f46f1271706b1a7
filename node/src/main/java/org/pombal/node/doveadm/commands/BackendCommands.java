package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Arguments;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.lease.Lease;
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
    private final DovecotSessions sessions;

    public BackendCommands(Cluster cluster, Self self, Waiting waiting, BackendDoveadms doveadms) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.self = requireNonNull(self, "self is null");
        this.waiting = requireNonNull(waiting, "waiting is null");
        this.sessions = new DovecotSessions(doveadms);
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
        return arguments.flag("wait") && !arguments.flag("dry-run")
                ? started.thenCompose(
                        done -> waiting.until(new Emptying(cluster, sessions, host, output)::left, output))
                : started;
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
        HostName host = self.backend(arguments);
        return Outcomes.done(backends(output).status(host), output).thenCompose(load -> sessions.at(host)
                .thenCompose(answer -> output.rows(List.of(loaded(load, answer)))));
    }

    private static Row loaded(BackendLoad load, DovecotSessions.Answer answer) {
        Optional<DovecotSessions.Counted> counted =
                answer instanceof DovecotSessions.Counted known ? Optional.of(known) : Optional.empty();
        return described(load.view())
                .with("share", Math.round(load.share() * 100) / 100.0)
                .with("groups", load.groups())
                .with("groups-moving-out", load.movingOut())
                .with("groups-moving-in", load.movingIn())
                .with("owner-lease", load.lease().map(BackendCommands::lease).orElse("none"))
                .with("version", load.view().backend().version())
                .with("sessions", number(counted.map(DovecotSessions.Counted::own)))
                .with("sessions-passed-on", number(counted.map(DovecotSessions.Counted::passedOn)))
                .with("force-move", number(load.view().backend().forceMove().map(forced -> forced.share()
                        .percentage())));
    }

    private static @Nullable Object number(Optional<Integer> known) {
        return known.orElse(null);
    }

    private static String lease(Lease lease) {
        return lease.state() + ", incarnation " + lease.incarnation();
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
