package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.pombal.model.backend.Backend;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.routing.Destination;
import org.pombal.node.topology.Topology;

/** The backends of the site with their addresses. */
final class SiteBackends {

    /** A name that takes longer counts as one that does not resolve. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Topology topology;
    private final HostAddresses addresses;

    SiteBackends(Topology topology, HostAddresses addresses) {
        this.topology = requireNonNull(topology, "topology is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
    }

    /** Those whose names resolve. Answers within 2 s and never fails. */
    CompletionStage<List<Destination>> resolved() {
        List<CompletableFuture<Optional<Destination>>> all =
                topology.backends().stream().map(this::resolved).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).thenApply(done -> all.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList());
    }

    private CompletableFuture<Optional<Destination>> resolved(Backend backend) {
        String host = backend.host().value();
        return addresses
                .find(host)
                .toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((address, failure) ->
                        failure == null ? Optional.of(new Destination(host, address)) : Optional.empty());
    }
}
