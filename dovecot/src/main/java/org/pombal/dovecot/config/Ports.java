package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/** On which port each {@link Listener} is, 1 to 65535; 0 for one that is switched off. */
public record Ports(Map<Listener, Integer> byListener) {

    /** @throws IllegalArgumentException if a listener is missing, or a port out of range */
    public Ports {
        byListener = Map.copyOf(requireNonNull(byListener, "byListener is null"));
        for (Listener listener : Listener.values()) {
            Integer port = byListener.get(listener);
            if (port == null || port < 0 || port > 65535) {
                throw new IllegalArgumentException(
                        "the port of " + listener + " is " + port + ", but must be 1 to 65535, or 0 for none");
            }
        }
    }

    /** The customary ports. */
    public static Ports customary() {
        Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
        for (Listener listener : Listener.values()) {
            ports.put(listener, listener.customaryPort());
        }
        return new Ports(ports);
    }

    /** Every port that is not 0 moved up by this number. */
    public Ports shiftedBy(int distance) {
        Map<Listener, Integer> ports = new EnumMap<>(byListener);
        ports.replaceAll((listener, port) -> port == 0 ? 0 : port + distance);
        return new Ports(ports);
    }

    /** The same ports but for one. */
    public Ports with(Listener listener, int port) {
        Map<Listener, Integer> ports = new EnumMap<>(byListener);
        ports.put(requireNonNull(listener, "listener is null"), port);
        return new Ports(ports);
    }

    /** The port of a listener, or 0. */
    public int of(Listener listener) {
        return requireNonNull(byListener.get(requireNonNull(listener, "listener is null")), "port is null");
    }
}
