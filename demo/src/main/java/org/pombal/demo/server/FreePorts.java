package org.pombal.demo.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;

/**
 * Finds ports that nobody uses at this moment.
 *
 * <p>They are below the range from which Linux takes the ports of outgoing connections (32768 and up by default), so
 * that they stay free until a server has them. Each process looks in a slice of that range that depends on its id, so that
 * two that start servers at the same time do not take the same one for free. Within a process no port is given twice,
 * whoever asks: a server may not have taken the first one yet.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int SLICES = 22;
    private static final int SLICE = 1000;
    private static final int TRIES = 10_000;

    /** All that this process was given. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final RandomGenerator random;
    private final int lowest = LOWEST + (int) (ProcessHandle.current().pid() % SLICES) * SLICE;

    public FreePorts(RandomGenerator random) {
        this.random = requireNonNull(random, "random is null");
    }

    /** A port for every listener. */
    public Ports all(String address) {
        Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
        for (Listener listener : Listener.values()) {
            ports.put(listener, one(address));
        }
        return new Ports(ports);
    }

    /** @throws IllegalStateException if none is found on this address */
    public int one(String address) {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(lowest, lowest + SLICE);
            if (!GIVEN.contains(port) && isFree(new InetSocketAddress(address, port)) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("found no free port on " + address + " from " + lowest + " to "
                + (lowest + SLICE) + " in " + TRIES + " tries");
    }

    static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
