package org.pombal.model.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.statistics.HostMetric;

class NodeScoresTest {

    private static BackendId backend(int number) {
        return new BackendId(new UUID(2, number));
    }

    private static double score(Map<BackendId, Map<String, Double>> scores, int backend, String metric) {
        return scores.getOrDefault(backend(backend), Map.of()).getOrDefault(metric, Double.NaN);
    }

    /** The same figures as in the test of Prometheus' rules. */
    @Test
    void theyAreThoseThatPrometheusRecords() {
        Map<BackendId, Map<String, Double>> scores = NodeScores.of(Map.of(
                backend(1), Map.of(HostMetric.SESSIONS, 100.0, HostMetric.CPU, 0.3),
                backend(2), Map.of(HostMetric.SESSIONS, 300.0, HostMetric.CPU, 0.3),
                backend(3), Map.of(HostMetric.SESSIONS, 200.0)));

        assertThat(score(scores, 1, "sessions")).isCloseTo(-1.225, within(0.001));
        assertThat(score(scores, 2, "sessions")).isCloseTo(1.225, within(0.001));
        assertThat(score(scores, 3, "sessions")).isZero();
        assertThat(score(scores, 1, "cpu")).isZero();
        assertThat(scores.get(backend(3))).containsOnlyKeys("sessions");
    }

    @Test
    void theirMeanIsZeroAndTheirDeviationOne() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            Map<BackendId, Map<HostMetric, Double>> reported = new HashMap<>();
            int backends = 2 + random.nextInt(40);
            for (int i = 0; i < backends; i++) {
                Map<HostMetric, Double> metrics = new EnumMap<>(HostMetric.class);
                metrics.put(HostMetric.CACHE, 1_000 * random.nextGaussian());
                reported.put(backend(i), metrics);
            }
            double[] scores = NodeScores.of(reported).values().stream()
                    .mapToDouble(own -> own.getOrDefault("cache", Double.NaN))
                    .toArray();
            double sum = 0;
            double squares = 0;
            for (double score : scores) {
                sum += score;
                squares += score * score;
            }
            assertThat(sum / backends).isCloseTo(0, within(1e-9));
            assertThat(squares / backends).isCloseTo(1, within(1e-9));
        }
    }
}
