package org.pombal.node.doveadm;

import static java.util.stream.Collectors.joining;

import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.Parameter;

/** The commands and their parameters, laid out as doveadm lists its own. */
final class CommandListing {

    private CommandListing() {}

    static String text() {
        return CommandCatalog.commands().stream().map(CommandListing::command).collect(joining(",\n", "[\n", "\n]"));
    }

    private static String command(ClusterCommand command) {
        String parameters =
                command.parameters().stream().map(CommandListing::parameter).collect(joining(",\n"));
        return "\t{\"command\":\"" + command.httpName() + "\", \"parameters\":["
                + (parameters.isEmpty() ? "" : "\n" + parameters + "\n\t") + "]}";
    }

    private static String parameter(Parameter parameter) {
        return "\t\t{\"name\":\"" + parameter.httpName() + "\",\"type\":\""
                + parameter.type().wireName() + "\"}";
    }
}
