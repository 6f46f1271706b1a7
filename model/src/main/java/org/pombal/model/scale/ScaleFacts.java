package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pombal.model.backend.HostName;

/**
 * What is known of a site when its number of backends is decided on.
 *
 * @param backends all of the site
 */
public record ScaleFacts(Instant now, List<ScaledBackend> backends) {

    public ScaleFacts {
        requireNonNull(now, "now is null");
        backends = List.copyOf(backends);
    }

    Optional<ScaledBackend> backend(HostName host) {
        return backends.stream()
                .filter(one -> one.backend().host().equals(host))
                .findFirst();
    }

    int serving() {
        return (int) backends.stream().filter(ScaledBackend::serves).count();
    }
}
