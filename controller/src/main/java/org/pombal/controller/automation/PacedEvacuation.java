package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pombal.model.evacuation.EvacuationPace;
import org.pombal.model.evacuation.EvacuationPace.Progress;

/**
 * A backend that is being emptied at a set rate, as it is kept in GeoDB.
 *
 * @param host of the backend
 * @param by who asked for it
 * @param startedAt in milliseconds of Unix time
 * @param total how many groups it had then
 * @param perMinute how many leave in a minute
 * @param waiting how many have not begun, when it was looked at last
 * @param moving how many were on the move then
 */
public record PacedEvacuation(
        String host, String by, long startedAt, long total, int perMinute, long waiting, long moving) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public PacedEvacuation {
        requireNonNull(host, "host is null");
        requireNonNull(by, "by is null");
    }

    Progress progress() {
        return new Progress(Instant.ofEpochMilli(startedAt), total, waiting, moving);
    }

    EvacuationPace pace(int atOnce) {
        return new EvacuationPace(Optional.of(perMinute), atOnce);
    }

    PacedEvacuation seen(long nowWaiting, long nowMoving) {
        return new PacedEvacuation(host, by, startedAt, total, perMinute, nowWaiting, nowMoving);
    }

    /** How long it will still take; empty if that cannot be said. */
    public Optional<Duration> left(Instant now) {
        return pace(1).left(progress(), now);
    }

    String toText() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an evacuation cannot be written as JSON", e);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static PacedEvacuation read(String text) {
        try {
            return JSON.readValue(text, PacedEvacuation.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an evacuation: " + e.getOriginalMessage(), e);
        }
    }
}
