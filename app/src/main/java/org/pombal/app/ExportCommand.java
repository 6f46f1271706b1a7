package org.pombal.app;

import static java.util.Objects.requireNonNull;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pombal export}: what else can be done with what Pombal knows. */
@Command(
        name = "export",
        description = "Writes what Pombal knows in the form of other programs.",
        synopsisSubcommandLabel = "COMMAND")
final class ExportCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                requireNonNull(spec, "spec is null").commandLine(), "export needs a command: routes");
    }
}
