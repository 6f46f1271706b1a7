package org.pombal.model.mitigation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.FailureKind;
import org.pombal.model.statistics.Traffic;

/**
 * What one observer makes of one destination.
 *
 * <p>Each kind of traffic with enough events has its ratio of failures. The destination is as broken as its best kind and as degraded as
 * its worst: a backend that delivers no mail but has good sessions must not go offline. Refused logins of the test user do not count,
 * for they speak of its password.
 *
 * @param best the lowest of the ratios
 * @param worst the highest
 * @param latency mean time to success of all kinds together
 * @param events what the ratios are made of
 */
record Opinion(String observer, double best, double worst, Optional<Duration> latency, long events) {

    /** Empty if the observer has seen too little. */
    static Optional<Opinion> of(String observer, Map<Traffic, Counts> counted, MitigationRules rules) {
        double best = 1;
        double worst = 0;
        long events = 0;
        Counts all = Counts.NONE;
        for (Map.Entry<Traffic, Counts> entry : counted.entrySet()) {
            Counts counts = entry.getValue();
            boolean probes = entry.getKey() == Traffic.PROBES;
            long failures = counts.allFailures()
                    - (probes ? counts.failures().getOrDefault(FailureKind.AUTHENTICATION, 0L) : 0);
            long ended = counts.successes() + failures;
            if (ended >= (probes ? rules.minProbes() : rules.minEvents())) {
                double ratio = (double) failures / ended;
                best = Math.min(best, ratio);
                worst = Math.max(worst, ratio);
                events += ended;
                all = all.plus(counts);
            }
        }
        return events == 0 ? Optional.empty() : Optional.of(new Opinion(observer, best, worst, all.latency(), events));
    }
}
