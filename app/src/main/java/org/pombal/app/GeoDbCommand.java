package org.pombal.app;

import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code pombal geodb}: the shared database. */
@Command(
        name = "geodb",
        description = "Runs, creates and looks at GeoDB, the database that all parts of the cluster share.",
        synopsisSubcommandLabel = "COMMAND")
final class GeoDbCommand {

    /**
     * Makes something of the settings that can find a file of theirs unusable.
     *
     * @throws CommandFailedException if it does
     */
    static <T> T madeOfSettings(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }
}
