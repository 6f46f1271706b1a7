package org.pombal.model.vote;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.backend.HostName;

/** The name of a node that votes: its host name, with {@code proxy/} or {@code backend/} before it. */
public record VoterId(String value) implements Comparable<VoterId> {

    private static final String BACKEND = "backend/";
    private static final String PROXY = "proxy/";

    public VoterId {
        requireNonNull(value, "value is null");
        if (value.isBlank()) {
            throw new IllegalArgumentException("a voter needs a name");
        }
    }

    /** The node beside a backend. */
    public static VoterId ofBackend(HostName host) {
        return new VoterId(BACKEND + host);
    }

    /** The node beside a proxy. */
    public static VoterId ofProxy(HostName host) {
        return new VoterId(PROXY + host);
    }

    /** The host name of the backend beside which this node stands; empty if it stands beside none. */
    public Optional<HostName> backend() {
        try {
            return value.startsWith(BACKEND)
                    ? Optional.of(new HostName(value.substring(BACKEND.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(VoterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
