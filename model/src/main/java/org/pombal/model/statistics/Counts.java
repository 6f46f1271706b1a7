package org.pombal.model.statistics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often something was tried, and what came of it. What is under way is tried and neither of the others, and so is what says
 * nothing about the destination: a temporary refusal of authentication, a referral, mail that was refused for good.
 *
 * @param failures by kind, without kinds that did not occur
 * @param spent time from the first attempt to success, of all successes together
 */
public record Counts(long attempts, long successes, Map<FailureKind, Long> failures, Duration spent) {

    public static final Counts NONE = new Counts(0, 0, Map.of(), Duration.ZERO);

    public Counts {
        requireNonNull(spent, "spent is null");
        Map<FailureKind, Long> occurred = new EnumMap<>(FailureKind.class);
        failures.forEach((kind, count) -> {
            if (count != 0) {
                occurred.put(kind, count);
            }
        });
        failures = Collections.unmodifiableMap(occurred);
    }

    public long allFailures() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Mean time to success; empty without one. */
    public Optional<Duration> latency() {
        return successes <= 0 ? Optional.empty() : Optional.of(spent.dividedBy(successes));
    }

    public Counts plus(Counts other) {
        Map<FailureKind, Long> sum = new EnumMap<>(FailureKind.class);
        sum.putAll(failures);
        other.failures.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        return new Counts(attempts + other.attempts, successes + other.successes, sum, spent.plus(other.spent));
    }

    /** What was counted since {@code earlier}. */
    public Counts since(Counts earlier) {
        Map<FailureKind, Long> difference = new EnumMap<>(FailureKind.class);
        difference.putAll(failures);
        earlier.failures.forEach((kind, count) -> difference.merge(kind, -count, Long::sum));
        return new Counts(
                attempts - earlier.attempts, successes - earlier.successes, difference, spent.minus(earlier.spent));
    }
}
