package org.pombal.node.address;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.node.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address for each host name, kept fresh in the background so that logins never wait for DNS.
 *
 * <p>A name with several addresses: the one in use is kept as long as the name still has it; else {@link AddressChoice}
 * chooses. All sessions of a backend so go to one address. When a name stops resolving, its last address stays in use.
 */
public final class HostAddresses implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HostAddresses.class);

    private final NameService names;
    private final Map<String, InetAddress> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<InetAddress>> asked = new ConcurrentHashMap<>();
    private final RateLimitedLog problems = new RateLimitedLog(log);
    private final ScheduledExecutorService resolver = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pombal-resolver");
        thread.setDaemon(true);
        return thread;
    });

    /** Looks a name up; may block. */
    @FunctionalInterface
    public interface NameService {

        /** All addresses of the name, at least one. */
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /** @param refreshInterval how often known names are looked up again */
    public HostAddresses(NameService names, Duration refreshInterval) {
        this.names = requireNonNull(names, "names is null");
        resolver.scheduleWithFixedDelay(
                this::refresh, refreshInterval.toMillis(), refreshInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The address in use, or null if the name was not looked up yet. Never blocks. */
    public @Nullable InetAddress known(String host) {
        return known.get(host);
    }

    /** The address, looked up now if need be; fails with {@link UnknownHostException}. */
    public CompletionStage<InetAddress> find(String host) {
        InetAddress address = known.get(host);
        if (address != null) {
            return CompletableFuture.completedFuture(address);
        }
        CompletableFuture<InetAddress> mine = new CompletableFuture<>();
        CompletableFuture<InetAddress> others = asked.putIfAbsent(host, mine);
        if (others != null) {
            return others;
        }
        resolver.execute(() -> {
            try {
                mine.complete(lookUp(host));
            } catch (UnknownHostException e) {
                mine.completeExceptionally(e);
            } finally {
                asked.remove(host);
            }
        });
        return mine;
    }

    private void refresh() {
        for (String host : known.keySet()) {
            try {
                lookUp(host);
            } catch (UnknownHostException e) {
                problems.warn(
                        "host {} does not resolve any more; its last address stays in use: {}", host, e.toString());
            }
        }
    }

    private InetAddress lookUp(String host) throws UnknownHostException {
        InetAddress[] addresses = names.addressesOf(host);
        @Nullable InetAddress before = known.get(host);
        InetAddress chosen = AddressChoice.choose(addresses, before);
        if (before != null && !before.equals(chosen)) {
            log.info("host {} has moved from {} to {}", host, before.getHostAddress(), chosen.getHostAddress());
        }
        known.put(host, chosen);
        return chosen;
    }

    @Override
    public void close() {
        resolver.shutdownNow();
    }
}
