package org.pombal.node.topology;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pombal.geodb.GeoDbUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that keeps the topology in step with GeoDB, for as long as the node runs. */
public final class TopologyWatch {

    private static final Logger log = LoggerFactory.getLogger(TopologyWatch.class);

    /** Changes are seen within this time and one query. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final TopologySync sync;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Queue<CompletableFuture<Void>> refreshes = new ConcurrentLinkedQueue<>();
    private volatile State state = State.CONNECTING;

    /** What the watch knows of GeoDB. */
    public enum State {
        /** GeoDB has not answered since the node started. */
        CONNECTING,
        /** The last step caught up. */
        IN_STEP,
        /** GeoDB did not answer the last step. */
        BEHIND
    }

    public TopologyWatch(TopologySync sync) {
        this.sync = requireNonNull(sync, "sync is null");
        this.thread = new Thread(this::run, "pombal-topology");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public State state() {
        return state;
    }

    /** When the node was in step with GeoDB last; empty if it never was. */
    public Optional<Instant> inStepAt() {
        return sync.syncedUntil();
    }

    /** Reads everything anew; done then, or fails with {@link GeoDbUnavailableException}. */
    public CompletionStage<Void> refresh() {
        CompletableFuture<Void> refreshed = new CompletableFuture<>();
        refreshes.add(refreshed);
        return refreshed;
    }

    private List<CompletableFuture<Void>> takeRefreshes() {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (CompletableFuture<Void> next = refreshes.poll(); next != null; next = refreshes.poll()) {
            taken.add(next);
        }
        return taken;
    }

    private void run() {
        try {
            do {
                step();
            } while (!stop.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            log.debug("topology watch interrupted");
        }
    }

    private void step() throws InterruptedException {
        List<CompletableFuture<Void>> asked = takeRefreshes();
        if (!asked.isEmpty()) {
            sync.wantWholeRead();
        }
        try {
            sync.step();
            asked.forEach(refresh -> refresh.complete(null));
            if (state != State.IN_STEP) {
                log.info("in step with GeoDB");
            }
            state = State.IN_STEP;
        } catch (GeoDbAwayException e) {
            asked.forEach(refresh -> refresh.completeExceptionally(new GeoDbUnavailableException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()))));
            fellBehind(e.reason());
        } catch (RuntimeException e) {
            asked.forEach(refresh -> refresh.completeExceptionally(e));
            log.error("internal error while reading from GeoDB", e);
            fellBehind(e.toString());
        }
    }

    private void fellBehind(String reason) {
        if (state == State.CONNECTING) {
            log.atDebug().log("GeoDB does not answer yet: {}", reason);
        } else if (state == State.IN_STEP) {
            log.warn("GeoDB does not answer; known users are routed from memory meanwhile: {}", reason);
            state = State.BEHIND;
        }
    }

    /** Ends the thread; waits for a step that is under way, but not long. */
    public void stop() throws InterruptedException {
        stop.countDown();
        thread.join(STOP_PATIENCE.toMillis());
        thread.interrupt();
    }
}
