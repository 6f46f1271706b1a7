package org.pombal.controller.live;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.pombal.geodb.Changes;
import org.pombal.operations.Cluster;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * Reads GeoDB's feed of changes once a second, for as long as somebody listens, and tells all who do. A listener that does not keep up
 * misses entries: they are hints to read again, and the next one does as well.
 */
@Context
final class ChangeFeed {

    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** For writers whose clocks are behind, and for writes that take a while. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Sinks.Many<Changes.Entry> listeners = Sinks.many().multicast().directBestEffort();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "controller-changes");
        made.setDaemon(true);
        return made;
    });

    private Set<String> told = Set.of();
    private Instant from = Instant.EPOCH;
    private Instant nobodyListenedAt = Instant.EPOCH;

    ChangeFeed(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        thread.schedule(this::look, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What happens from now on. */
    Publisher<Changes.Entry> entries() {
        return listeners.asFlux();
    }

    /** Whatever happens to it, it looks again. */
    private void look() {
        try {
            lookNow();
        } catch (RuntimeException | Error e) {
            log.error("changes could not be read", e);
            again();
        }
    }

    private void lookNow() {
        Instant now = cluster.clock().instant();
        if (listeners.currentSubscriberCount() == 0) {
            from = now;
            nobodyListenedAt = now;
            told = Set.of();
            again();
            return;
        }
        Instant start = from.minus(OVERLAP);
        cluster.geoDb()
                .changes()
                .since(start)
                .whenCompleteAsync(
                        (entries, failure) -> {
                            try {
                                if (entries == null) {
                                    log.debug("changes are not known now", failure);
                                } else {
                                    tell(entries, now);
                                }
                            } finally {
                                again();
                            }
                        },
                        thread);
    }

    private void tell(List<Changes.Entry> entries, Instant now) {
        Set<String> seen = new HashSet<>();
        for (Changes.Entry entry : entries) {
            seen.add(entry.position());
            if (!told.contains(entry.position()) && !entry.at().isBefore(nobodyListenedAt)) {
                listeners.tryEmitNext(entry);
            }
        }
        told = seen;
        from = now;
    }

    private void again() {
        try {
            thread.schedule(this::look, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the controller stops", e);
        }
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
        listeners.tryEmitComplete();
    }
}
