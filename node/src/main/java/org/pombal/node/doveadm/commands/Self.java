package org.pombal.node.doveadm.commands;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.commands.Arguments;
import org.pombal.commands.ExitCodes;
import org.pombal.model.backend.HostName;
import org.pombal.node.doveadm.CommandFailedException;

/**
 * Which site and backend the node is of.
 *
 * @param siteName {@code cluster_local_site}
 * @param backend {@code cluster_backend_name}; empty on a proxy
 */
public record Self(String siteName, Optional<HostName> backend) {

    public Self {
        requireNonNull(siteName, "siteName is null");
        requireNonNull(backend, "backend is null");
    }

    /** The backend that a command names, or this one with {@code --self}. */
    HostName backend(Arguments arguments) {
        return arguments.flag("self")
                ? backend.orElseThrow(() -> new CommandFailedException(
                        ExitCodes.CONFIG,
                        "--self is for a backend, and this node has no cluster_backend_name in its settings; name the"
                                + " host"))
                : new HostName(arguments.required("host"));
    }

    /** The site that a command names, or this one with {@code --self}. */
    String site(Arguments arguments) {
        return arguments.flag("self") ? siteName : arguments.required("name");
    }
}
