package org.pombal.node.failover;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.pombal.model.backend.BackendId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, and counts, what becomes of backends. Confined to the loop. */
final class FailoverHistory {

    private static final Logger log = LoggerFactory.getLogger(FailoverHistory.class);

    private final LongSupplier clock;
    private final Function<BackendId, String> names;
    private final ToLongFunction<BackendId> lastSign;
    private final FailoverMetrics metrics;
    private final Map<BackendId, Long> goneSince = new HashMap<>();

    /**
     * @param clock nanoseconds of the boot clock
     * @param names the host name of a backend
     * @param lastSign when a backend was seen to live, by the same clock
     */
    FailoverHistory(
            LongSupplier clock,
            Function<BackendId, String> names,
            ToLongFunction<BackendId> lastSign,
            FailoverMetrics metrics) {
        this.clock = requireNonNull(clock, "clock is null");
        this.names = requireNonNull(names, "names is null");
        this.lastSign = requireNonNull(lastSign, "lastSign is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** This node has begun, or ceased, to see to the failovers. */
    void leads(boolean does) {
        goneSince.clear();
        log.atInfo()
                .addKeyValue("event", "cluster_failover_leader")
                .addKeyValue("leads", does)
                .log(does ? "this node sees to the failovers of the site" : "another node may see to the failovers");
    }

    /** A backend has become otherwise than it was. */
    void changed(BackendWatches.Change change) {
        String host = names.apply(change.backend());
        if (change.after() == BackendState.SILENT) {
            log.atWarn()
                    .addKeyValue("event", "cluster_backend_silent")
                    .addKeyValue("host", host)
                    .log("backend {} does not renew its lease", host);
        } else if (change.after() == BackendState.UP && change.before() != BackendState.UNKNOWN) {
            log.atInfo()
                    .addKeyValue("event", "cluster_backend_back")
                    .addKeyValue("host", host)
                    .log("backend {} is back", host);
        }
    }

    /**
     * These backends are gone now.
     *
     * @return those that were not before
     */
    Set<BackendId> gone(Set<BackendId> backends) {
        goneSince.keySet().retainAll(backends);
        Set<BackendId> news = new HashSet<>(backends);
        news.removeAll(goneSince.keySet());
        news.forEach(this::gone);
        return news;
    }

    private void gone(BackendId backend) {
        goneSince.put(backend, clock.getAsLong());
        metrics.gone();
        String host = names.apply(backend);
        log.atWarn()
                .addKeyValue("event", "cluster_backend_gone")
                .addKeyValue("host", host)
                .addKeyValue("silent_ms", silence(backend).toMillis())
                .log("backend {} is gone: nobody holds its lease, and nobody serves under it", host);
    }

    /** A backend that is gone has no groups any more, because they were given to others. */
    void finished(BackendId backend, int groups) {
        String host = names.apply(backend);
        Duration silence = silence(backend);
        metrics.took(silence);
        long since = goneSince.getOrDefault(backend, clock.getAsLong());
        log.atWarn()
                .addKeyValue("event", "cluster_failover_finished")
                .addKeyValue("host", host)
                .addKeyValue("groups", groups)
                .addKeyValue("ms", Duration.ofNanos(clock.getAsLong() - since).toMillis())
                .addKeyValue("silent_ms", silence.toMillis())
                .log("the {} groups of backend {} have been given to others", groups, host);
    }

    private Duration silence(BackendId backend) {
        return Duration.ofNanos(clock.getAsLong() - lastSign.applyAsLong(backend));
    }
}
