package org.pombal.app;

import picocli.CommandLine.Command;

/** {@code pombal geodb}: the shared database. */
@Command(
        name = "geodb",
        description = "Runs, creates and looks at GeoDB, the database that all parts of the cluster share.",
        synopsisSubcommandLabel = "COMMAND")
final class GeoDbCommand {}
