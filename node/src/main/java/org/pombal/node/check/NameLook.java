package org.pombal.node.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.pombal.node.address.HostAddresses;

/** Looks names up, several at a time: a resolver that is away lets each of them wait for seconds. */
final class NameLook {

    private static final int AT_A_TIME = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private NameLook() {}

    static List<NameFacts> look(List<GeoDbFacts.NamedHost> hosts, HostAddresses.NameService names)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, task -> {
            Thread thread = new Thread(task, "pombal-check-names");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<NameFacts>> asked = threads.invokeAll(
                    hosts.stream()
                            .<Callable<NameFacts>>map(host -> () -> lookUp(host, names))
                            .toList(),
                    PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS);
            List<NameFacts> facts = new ArrayList<>();
            for (int i = 0; i < hosts.size(); i++) {
                facts.add(result(hosts.get(i), asked.get(i)));
            }
            return facts;
        } finally {
            threads.shutdownNow();
        }
    }

    private static NameFacts lookUp(GeoDbFacts.NamedHost host, HostAddresses.NameService names) {
        try {
            return new NameFacts(host, List.of(names.addressesOf(host.host())), "");
        } catch (UnknownHostException e) {
            return new NameFacts(host, List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static NameFacts result(GeoDbFacts.NamedHost host, Future<NameFacts> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (CancellationException e) {
            return new NameFacts(host, List.of(), "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new NameFacts(host, List.of(), String.valueOf(e.getCause()));
        }
    }

    /** Whether a server could listen on the address. */
    static boolean isHere(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
