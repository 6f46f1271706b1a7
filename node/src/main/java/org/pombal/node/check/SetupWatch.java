package org.pombal.node.check;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.pombal.geodb.GeoDb;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the set-up once after the node has started, in the background, and says what is wrong. It waits a while for the
 * node to be ready, so that what is merely starting is not complained about.
 */
public final class SetupWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SetupWatch.class);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final SetupCheck check;
    private final GeoDb geoDb;
    private final BooleanSupplier ready;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "pombal-setup-check");
    private volatile long problems;

    /** @param ready whether the node serves and is connected to GeoDB */
    public SetupWatch(SetupCheck check, GeoDb geoDb, BooleanSupplier ready) {
        this.check = requireNonNull(check, "check is null");
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.ready = requireNonNull(ready, "ready is null");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How many errors were found; none until it has looked. */
    public long problems() {
        return problems;
    }

    private void run() {
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!ready.getAsBoolean() && System.nanoTime() - deadline < 0) {
                if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            tell(check.findings(geoDb));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("cannot check this machine's set-up", e);
        }
    }

    private void tell(List<Finding> findings) {
        problems = findings.stream().filter(Finding::isError).count();
        for (Finding finding : findings) {
            switch (finding.severity()) {
                case ERROR, WARNING -> log.warn("set-up: {}", finding);
                case NOTE -> log.info("set-up: {}", finding);
            }
        }
        log.info("the set-up was checked, errors: {}; 'pombal check' repeats this", problems);
    }

    /** Stops it if it is still looking. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }
}
