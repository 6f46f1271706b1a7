package org.pombal.node.check;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.HostName;
import org.pombal.node.address.HostAddresses;

/**
 * What the settings say about this machine.
 *
 * @param site the name of its site
 * @param backend its name in GeoDB; empty beside a proxy
 * @param baseDir Dovecot's {@code base_dir}
 * @param doveconf the program that prints Dovecot's configuration, and its arguments
 * @param names how it finds addresses
 */
public record Machine(
        String site, Optional<HostName> backend, Path baseDir, List<String> doveconf, HostAddresses.NameService names) {

    public Machine {
        requireNonNull(site, "site is null");
        requireNonNull(backend, "backend is null");
        requireNonNull(baseDir, "baseDir is null");
        doveconf = List.copyOf(doveconf);
        requireNonNull(names, "names is null");
    }
}
