package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import org.pombal.node.session.ProcessId;

/**
 * A process, as the guardian or {@link ProcessTable} sees it.
 *
 * @param parent process id of its parent
 * @param name as in {@code /proc/PID/comm}: the first 15 bytes of the program's name
 */
public record GuardedProcess(ProcessId id, int parent, String name) {

    public GuardedProcess {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
    }
}
