package org.pombal.model.probe;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one look at a server found.
 *
 * @param run tells one run of the server from the next
 * @param checks each thing that was looked at, with why it failed; empty if it was well
 */
public record Probe(long run, Map<String, Optional<String>> checks) {

    public Probe {
        checks = Collections.unmodifiableMap(new TreeMap<>(requireNonNull(checks, "checks is null")));
    }
}
