package org.pombal.node.doveadm;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;

/** Which code carries out which command. */
public final class CommandSet {

    private final Map<String, Command> commands = new HashMap<>();

    /** @param words as in the catalogue: {@code cluster backend add} */
    public CommandSet add(String words, Command command) {
        if (CommandCatalog.find(words).isEmpty()) {
            throw new IllegalArgumentException("the catalogue has no command '" + words + "'");
        }
        if (commands.put(words, requireNonNull(command, "command is null")) != null) {
            throw new IllegalArgumentException("'" + words + "' is there twice");
        }
        return this;
    }

    /** @throws IllegalStateException if nothing carries it out */
    Command of(ClusterCommand command) {
        Command found = commands.get(command.words());
        if (found == null) {
            throw new IllegalStateException("nothing carries out '" + command.words() + "'");
        }
        return found;
    }
}
