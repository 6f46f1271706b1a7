package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pombal.commands.Arguments;
import org.pombal.model.backend.HostName;
import org.pombal.model.node.NodeReport;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.ProxyOperations;
import org.pombal.operations.ProxyView;

/** {@code cluster proxy ...} */
public final class ProxyCommands {

    private final Cluster cluster;

    public ProxyCommands(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster proxy list", this::list).add("cluster proxy remove", this::remove);
    }

    private ProxyOperations proxies(Output output) {
        return new ProxyOperations(cluster, new Audit(output.operator()));
    }

    private CompletionStage<Void> list(Arguments arguments, Output output) {
        return Outcomes.rows(proxies(output).list(arguments.text("site")), output, ProxyCommands::listed);
    }

    private static Row listed(ProxyView view) {
        NodeReport report = view.report();
        return named(view)
                .with("last-seen", report.seenAt())
                .with("age", view.age().toSeconds())
                .with("stale", view.isStale())
                .with("lag", milliseconds(report.lag()))
                .with("version", report.version())
                .with("dovecot", report.dovecot())
                .with("rows", view.rows())
                .with("destinations", String.join(", ", view.destinations()));
    }

    private static @Nullable Object milliseconds(Optional<Duration> span) {
        return span.map(Duration::toMillis).orElse(null);
    }

    private static Row named(ProxyView view) {
        return Row.row()
                .with("proxy", view.report().id().name())
                .with("site", view.site().name());
    }

    private CompletionStage<Void> remove(Arguments arguments, Output output) {
        return Outcomes.row(
                proxies(output)
                        .remove(
                                new HostName(arguments.required("proxy")),
                                arguments.text("site"),
                                arguments.flag("force")),
                output,
                view -> named(view).with("rows", view.rows()));
    }
}
