package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.scale.ScaleDecision;

/**
 * What was decided last about the number of backends, as it is kept in GeoDB.
 *
 * @param at when, in milliseconds of Unix time
 * @param mode dryrun or on
 * @param backends how many count: without one that leaves, with those that are starting
 * @param desired how many there should be
 * @param running how many the platform is to run; 0 if it is not known what they are called
 * @param next what is waited for; null if nothing is
 * @param problem why the scaler's answer is of no use; null if it is of use
 */
public record ScaleReport(
        long at,
        String mode,
        int backends,
        int desired,
        int running,
        String why,
        @Nullable String next,
        @Nullable String problem,
        List<String> notes) {

    public static final String NOTE = "autoscaling-report";

    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public ScaleReport {
        requireNonNull(mode, "mode is null");
        requireNonNull(why, "why is null");
        notes = List.copyOf(notes);
    }

    /** @param failures what of it could not be done, for the notes */
    static ScaleReport of(ScaleDecision decision, FeatureState state, Instant at, List<String> failures) {
        return new ScaleReport(
                at.toEpochMilli(),
                state.toString(),
                decision.backends(),
                decision.desired(),
                decision.running(),
                decision.reason(),
                decision.next().orElse(null),
                decision.problem().orElse(null),
                Stream.concat(decision.notes().stream(), failures.stream()).toList());
    }

    /** Whether it was decided so lately that it holds; decisions are at most 5 min apart. */
    public boolean isFresh(Instant now) {
        return Duration.between(Instant.ofEpochMilli(at), now).compareTo(FRESH) <= 0;
    }

    /** Whether backends are started and stopped by it. */
    public boolean isCarriedOut() {
        return mode.equals(FeatureState.ON.toString()) && running > 0;
    }

    String toText() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }

    /** What was written; empty if it cannot be read, because a newer release wrote it. */
    public static Optional<ScaleReport> parse(String text) {
        try {
            return Optional.of(JSON.readValue(text, ScaleReport.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
