package org.pombal.dovecot.statistics;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.Traffic;

/**
 * A page of Dovecot's statistics ({@code service stats}, {@code /metrics}, in OpenMetrics) as a proxy with the snippet's metrics has
 * it. Counters have grown since the statistics process started, which it also does when Dovecot is reloaded.
 *
 * @param since when that was, to the second
 * @param release Dovecot's version, {@code 2.3.19.1}; empty if the page does not tell
 * @param counts by destination, which is what the proxy was told to connect to: a name, or an address
 */
public record ProxyPage(Instant since, Optional<String> release, Map<HostTraffic, Counts> counts) {

    /** What is counted apart. */
    public record HostTraffic(String host, Traffic traffic) {
        public HostTraffic {
            requireNonNull(host, "host is null");
            requireNonNull(traffic, "traffic is null");
        }
    }

    private static final String STARTED = "proxy_session_started";
    private static final String SUCCESS = "proxy_session_success";
    private static final String FAILURE = "proxy_session_failure";
    private static final String FAILURE_CONNECT = "proxy_session_failure_connect";
    private static final String FAILURE_AUTH = "proxy_session_failure_auth";
    private static final String DELIVERED = "lmtp_rcpt_finished_success";
    private static final String UNDELIVERED = "lmtp_rcpt_finished_failure";
    private static final String DURATION = "_duration_seconds";

    private static final Pattern START = Pattern.compile("(?m)^process_start_time_seconds (\\d+)");
    private static final Pattern BUILD =
            Pattern.compile("(?m)^dovecot_build_info\\{[^}]*\\bversion=\"(\\d[^\"-]*)[^\"]*\"");

    /** Of a metric that is grouped in more ways than by destination, only the lines with that alone. */
    private static final Pattern COUNTER =
            Pattern.compile("(?m)^dovecot_([a-z_]+)_total\\{dest_host=\"([^\"]+)\"} ([0-9.]+)$");

    public ProxyPage {
        requireNonNull(since, "since is null");
        requireNonNull(release, "release is null");
        counts = Map.copyOf(counts);
    }

    /** @throws IllegalArgumentException if this is no page of Dovecot's statistics */
    public static ProxyPage parse(String page) {
        Matcher start = START.matcher(page);
        if (!start.find()) {
            throw new IllegalArgumentException("no statistics of Dovecot: there is no process_start_time_seconds");
        }
        Matcher build = BUILD.matcher(page);
        return new ProxyPage(
                Instant.ofEpochSecond(Long.parseLong(start.group(1))),
                build.find() ? Optional.of(build.group(1)) : Optional.empty(),
                new Reader(page).counts());
    }

    /** The counters of one page, by metric and destination. */
    private static final class Reader {

        private final Map<String, Map<String, Double>> metrics = new HashMap<>();

        Reader(String page) {
            Matcher counter = COUNTER.matcher(page);
            while (counter.find()) {
                metrics.computeIfAbsent(counter.group(1), metric -> new HashMap<>())
                        .put(counter.group(2), Double.parseDouble(counter.group(3)));
            }
        }

        Map<HostTraffic, Counts> counts() {
            Map<HostTraffic, Counts> counts =
                    new HashMap<>(of(Traffic.SESSIONS, this::sessions, STARTED, SUCCESS, FAILURE));
            counts.putAll(of(Traffic.DELIVERIES, this::deliveries, DELIVERED, UNDELIVERED));
            return counts;
        }

        private Map<HostTraffic, Counts> of(Traffic traffic, Function<String, Counts> counts, String... names) {
            Set<String> hosts = new TreeSet<>();
            for (String name : names) {
                hosts.addAll(metrics.getOrDefault(name, Map.of()).keySet());
            }
            return hosts.stream().collect(toMap(host -> new HostTraffic(host, traffic), counts));
        }

        private double value(String metric, String host) {
            return metrics.getOrDefault(metric, Map.of()).getOrDefault(host, 0.0);
        }

        private long count(String metric, String host) {
            return (long) value(metric, host);
        }

        private Duration spent(String metric, String host) {
            return Duration.ofNanos((long) (value(metric + DURATION, host) * 1e9));
        }

        private Counts sessions(String host) {
            long successes = count(SUCCESS, host);
            long failures = count(FAILURE, host);
            long connect = count(FAILURE_CONNECT, host);
            long authentication = count(FAILURE_AUTH, host);
            return new Counts(
                    // A configuration without the metric, from an earlier release, counts none.
                    Math.max(count(STARTED, host), successes + failures),
                    successes,
                    Map.of(
                            FailureKind.CONNECT, connect,
                            FailureKind.AUTHENTICATION, authentication,
                            FailureKind.OTHER, Math.max(0, failures - connect - authentication)),
                    spent(SUCCESS, host));
        }

        /** Nothing is counted when a delivery begins. */
        private Counts deliveries(String host) {
            long successes = count(DELIVERED, host);
            long failures = count(UNDELIVERED, host);
            return new Counts(
                    successes + failures, successes, Map.of(FailureKind.OTHER, failures), spent(DELIVERED, host));
        }
    }
}
