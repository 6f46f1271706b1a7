package org.pombal.commands;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All {@code doveadm cluster} commands. */
public final class CommandCatalog {

    /** The words that all commands begin with. */
    public static final String ROOT = "cluster";

    /** What {@code doveadm cluster --help} says about all of it. */
    public static final String EXPLANATION = """
            A cluster is one or more sites, each with proxies, which take the connections of mail clients, and backends, which open
            mailboxes. Every user is in a user group, every group is served by one backend of its site: so each user is served by one
            backend at a time, and moves to another with the group.

            The commands are sent to the node, the Pombal daemon on this machine or another. What they change is written to GeoDB, the
            database that all nodes share, and takes effect within about a second.""".strip();

    private static final List<CommandGroup> GROUPS = List.of(
            BackendCommands.GROUP,
            LocalCommands.GEODB,
            GroupCommands.GROUP,
            LocalCommands.LOCALDB,
            LocalCommands.PROXY,
            SiteCommands.GROUP,
            TagCommands.GROUP,
            UserCommands.GROUP);

    private static final ClusterCommand KICK = LocalCommands.kick();

    private static final List<ClusterCommand> COMMANDS = Stream.concat(
                    GROUPS.stream().flatMap(group -> group.commands().stream()), Stream.of(KICK))
            .sorted((a, b) -> a.words().compareTo(b.words()))
            .toList();

    private CommandCatalog() {}

    /** The groups of commands, in alphabetical order. */
    public static List<CommandGroup> groups() {
        return GROUPS;
    }

    /** The commands that are in no group. */
    public static List<ClusterCommand> ungrouped() {
        return List.of(KICK);
    }

    /** All commands, in alphabetical order. */
    public static List<ClusterCommand> commands() {
        return COMMANDS;
    }

    /**
     * The command of that name as doveadm matches names ({@link NameMatch}): {@code cluster backend add} and
     * {@code clusterBackendAdd} are the same.
     */
    public static Optional<ClusterCommand> find(String name) {
        return commands().stream()
                .filter(command -> NameMatch.matches(command.words(), name))
                .findFirst();
    }
}
