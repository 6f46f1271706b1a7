package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;
import org.pombal.commands.Arguments;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.node.doveadm.CommandSet;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Audit;
import org.pombal.operations.Cluster;
import org.pombal.operations.TagOperations;

/** {@code cluster tag ...} */
public final class TagCommands {

    private final Cluster cluster;

    public TagCommands(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    public void addTo(CommandSet commands) {
        commands.add("cluster tag create", this::create)
                .add("cluster tag delete", this::delete)
                .add("cluster tag list", this::list)
                .add("cluster tag update", this::update);
    }

    private TagOperations tags(Output output) {
        return new TagOperations(cluster, new Audit(output.operator()));
    }

    private CompletionStage<Void> create(Arguments arguments, Output output) {
        return Outcomes.row(
                tags(output)
                        .create(arguments.required("name"), arguments.uuid("id").map(TagId::new)),
                output,
                TagCommands::described);
    }

    private CompletionStage<Void> delete(Arguments arguments, Output output) {
        return Outcomes.row(
                tags(output).delete(arguments.required("id"), arguments.flag("force")), output, TagCommands::described);
    }

    private CompletionStage<Void> list(Arguments arguments, Output output) {
        return Outcomes.rows(tags(output).list(), output, TagCommands::described);
    }

    private CompletionStage<Void> update(Arguments arguments, Output output) {
        return Outcomes.row(
                tags(output).rename(arguments.required("id"), arguments.required("name")),
                output,
                TagCommands::described);
    }

    private static Row described(Tag tag) {
        return Row.row().with("name", tag.name()).with("id", tag.id());
    }
}
