package org.pombal.app;

import picocli.CommandLine.Command;

/**
 * {@code pombal cluster}, for the list of commands only. The launcher starts the command line by itself, because that is
 * quicker; {@link Pombal} hands on to it for who starts this program's jar without the launcher.
 */
@Command(name = ClusterCommand.NAME, description = "Shows and changes the cluster: sites, backends, groups, users.")
final class ClusterCommand {

    static final String NAME = "cluster";
}
