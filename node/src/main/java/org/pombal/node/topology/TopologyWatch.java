package org.pombal.node.topology;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        try {
            sync.step();
            if (state != State.IN_STEP) {
                log.info("in step with GeoDB");
            }
            state = State.IN_STEP;
        } catch (GeoDbAwayException e) {
            fellBehind(e.reason());
        } catch (RuntimeException e) {
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
