package org.pombal.bench.relay;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Set;

/** The baseline: straight to auth. */
record NoRelay(Path socket) implements Relay {

    NoRelay {
        requireNonNull(socket, "socket is null");
    }

    @Override
    public String name() {
        return "no relay";
    }

    @Override
    public boolean namesHosts() {
        return false;
    }

    @Override
    public Set<Long> processes() {
        return Set.of();
    }

    @Override
    public OptionalDouble ownBytesPerUser() {
        return OptionalDouble.empty();
    }

    @Override
    public void close() {}
}
