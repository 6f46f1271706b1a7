package org.pombal.bench.relay;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Set;

/** Something that stands between login processes and auth, running. */
interface Relay extends AutoCloseable {

    String name();

    /** Where login processes connect to. */
    Path socket();

    /** Whether it tells the login processes a host; the baseline does not. */
    boolean namesHosts();

    /** Its processes; none for the baseline. */
    Set<Long> processes();

    /** Bytes that each known user takes by its own account; empty if it has none. */
    OptionalDouble ownBytesPerUser();

    @Override
    void close();
}
