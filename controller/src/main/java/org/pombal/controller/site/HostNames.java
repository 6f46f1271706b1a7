package org.pombal.controller.site;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.backend.HostName;
import org.pombal.operations.HostResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks host names up in a file in the format of hosts(5) first, then by the system's resolver, on threads of its own. */
public final class HostNames implements HostResolver, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HostNames.class);
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 100;

    private final Optional<Path> file;
    private final ThreadPoolExecutor threads;

    public HostNames(Optional<Path> file) {
        this.file = requireNonNull(file, "file is null");
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "controller-resolver");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<Boolean> resolves(HostName host) {
        return address(host).thenApply(Optional::isPresent);
    }

    /** The first address of a host; empty if the name does not resolve. */
    public CompletionStage<Optional<InetAddress>> address(HostName host) {
        try {
            return supplyAsync(() -> inFile(host).or(() -> inDns(host)), threads);
        } catch (RejectedExecutionException e) {
            throw new GeoDbUnavailableException("too many host names are being looked up already", e);
        }
    }

    private Optional<InetAddress> inFile(HostName host) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            HostsFileEntriesProvider entries =
                    HostsFileEntriesProvider.parser().parse(file.get().toFile(), StandardCharsets.UTF_8);
            return Stream.of(entries.ipv4Entries(), entries.ipv6Entries())
                    .flatMap(addresses -> addresses.getOrDefault(host.value(), List.of()).stream())
                    .findFirst();
        } catch (IOException e) {
            log.warn("cluster_hosts_file {} cannot be read: {}", file.get(), e.toString());
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> inDns(HostName host) {
        try {
            return Optional.of(InetAddress.getByName(host.value()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
