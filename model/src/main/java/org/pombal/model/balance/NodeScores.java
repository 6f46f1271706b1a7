package org.pombal.model.balance;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pombal.model.backend.BackendId;
import org.pombal.model.statistics.HostMetric;

/**
 * Z-scores of what nodes report, as Prometheus' rules record them ({@code packaging/prometheus}): how many standard deviations of all backends a
 * backend is above their mean; 0 where all are alike.
 */
public final class NodeScores {

    private static final double ALIKE = 0.000001;

    private NodeScores() {}

    /**
     * The scores by metric.
     *
     * @param reported by each backend; one without a metric has no score for it
     */
    public static Map<BackendId, Map<String, Double>> of(Map<BackendId, Map<HostMetric, Double>> reported) {
        Map<BackendId, Map<String, Double>> scores = new HashMap<>();
        reported.keySet().forEach(backend -> scores.put(backend, new HashMap<>()));
        for (HostMetric metric : HostMetric.values()) {
            List<Double> values = reported.values().stream()
                    .map(metrics -> metrics.get(metric))
                    .filter(Objects::nonNull)
                    .toList();
            double mean = mean(values);
            double deviation = Math.sqrt(mean(values.stream()
                    .map(value -> (value - mean) * (value - mean))
                    .toList()));
            reported.forEach((backend, metrics) -> {
                Double value = metrics.get(metric);
                Map<String, Double> own = scores.get(backend);
                if (value != null && own != null) {
                    own.put(metric.toString(), deviation > ALIKE ? (value - mean) / deviation : 0);
                }
            });
        }
        return scores.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
