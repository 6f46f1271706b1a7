package org.pombal.model.balance;

import java.util.Locale;
import java.util.Map;

/**
 * One number from the Z-scores of a backend, which Prometheus records as {@code dovecot_cluster:host:zscore}: how many standard
 * deviations each of its metrics lies above the mean of its site. The higher, the more loaded.
 */
public enum HostScore {
    /** The sum of all. */
    SUM {
        @Override
        double combine(Map<String, Double> scores) {
            return sum(scores);
        }

        @Override
        double scale(int metrics) {
            return metrics;
        }
    },
    /**
     * The distance from the mean in as many dimensions as there are metrics. A distance has no sign, and an idle backend is as far
     * from the mean as a busy one; so it takes the sign of the sum.
     */
    EUCLIDEAN {
        @Override
        double combine(Map<String, Double> scores) {
            double squares =
                    scores.values().stream().mapToDouble(score -> score * score).sum();
            return Math.copySign(Math.sqrt(squares), sum(scores));
        }

        @Override
        double scale(int metrics) {
            return Math.sqrt(metrics);
        }
    };

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract double combine(Map<String, Double> scores);

    /** What {@link #combine} makes of {@code metrics} scores of 1. */
    abstract double scale(int metrics);

    /**
     * The score of one backend.
     *
     * @param scores by metric, in standard deviations
     * @return in standard deviations of one metric: 1 if each score is 1, whatever their number; 0 without any
     * @throws IllegalArgumentException for a score that is not a number, naming the metric
     */
    public double of(Map<String, Double> scores) {
        scores.forEach((metric, score) -> {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException("the Z-score " + metric + " is " + score);
            }
        });
        return scores.isEmpty() ? 0 : combine(scores) / scale(scores.size());
    }

    private static double sum(Map<String, Double> scores) {
        return scores.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
