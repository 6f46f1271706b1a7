package org.pombal.controller.change;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.controller.http.Outcomes;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.security.Caller;
import org.pombal.geodb.GeoDb;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.audit.AuditEntry.Result;
import org.pombal.model.failure.FailureText;
import org.pombal.operations.Audit;
import org.pombal.operations.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what requests ask to change, and writes it into the audit log: first that it is tried, then what came of it. What cannot
 * be written down is not done.
 */
@Singleton
public final class Changes {

    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    private final GeoDb geoDb;
    private final InstantSource clock;
    private final JsonMapper json;

    Changes(GeoDb geoDb, InstantSource clock, JsonMapper json) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.json = requireNonNull(json, "json is null");
    }

    /**
     * A change as it is written down.
     *
     * @param action as {@code backend.update}
     * @param target as {@code backend b1.example.org}
     * @param before how it is now, as the API shows it
     */
    public record What(String action, String target, Optional<Object> before) {

        public static What added(String action, String target) {
            return new What(action, target, Optional.empty());
        }
    }

    /**
     * Changes something.
     *
     * @param operation is given who asks
     * @param shown what stands afterwards, as the API shows it
     */
    public <T, V> CompletionStage<Changed<V>> make(
            HttpRequest<?> request,
            What what,
            Function<Audit, CompletionStage<Outcome<T>>> operation,
            Function<T, V> shown) {
        Caller caller = Caller.of(request);
        AuditEntry entry = new AuditEntry(
                UUID.randomUUID(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                caller.name(),
                caller.from(),
                what.action(),
                what.target(),
                what.before().map(this::text),
                Optional.empty(),
                caller.why(),
                Result.STARTED);
        return geoDb.auditLog()
                .write(entry)
                .thenCompose(written -> operation.apply(new Audit(caller.name())))
                .thenApply(outcome -> changed(outcome, shown))
                .thenCompose(changed -> done(entry, changed))
                .exceptionallyCompose(failure -> failed(entry, failure));
    }

    private static <T, V> Changed<V> changed(Outcome<T> outcome, Function<T, V> shown) {
        if (outcome instanceof Outcome.Done<T> done) {
            return new Changed<>(shown.apply(done.value()), done.warnings());
        }
        throw Outcomes.problem(((Outcome.NotDone<T>) outcome).obstacle());
    }

    private <V> CompletionStage<Changed<V>> done(AuditEntry entry, Changed<V> changed) {
        return ended(entry.ended(Result.DONE, Optional.of(text(changed.result())), entry.why()))
                .thenApply(written -> changed);
    }

    private <V> CompletionStage<V> refused(AuditEntry entry, ProblemException problem) {
        boolean mayBeHalfDone = problem.status().getCode() >= 500;
        return ended(entry.ended(
                        mayBeHalfDone ? Result.FAILED : Result.REFUSED,
                        Optional.empty(),
                        Optional.of(String.valueOf(problem.getMessage()))))
                .thenCompose(written -> failedFuture(problem));
    }

    private <V> CompletionStage<V> failed(AuditEntry entry, Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        return cause instanceof ProblemException problem
                ? refused(entry, problem)
                : ended(entry.ended(Result.FAILED, Optional.empty(), Optional.of(cause.toString())))
                        .thenCompose(written -> failedFuture(cause));
    }

    /** It has happened, so that it cannot be written down is no reason to call it undone. */
    private CompletionStage<Void> ended(AuditEntry entry) {
        return geoDb.auditLog().write(entry).exceptionallyCompose(failure -> {
            log.error(
                    "the audit log does not say how {} of {} by {} ended ({}): {}",
                    entry.action(),
                    entry.target(),
                    entry.who(),
                    entry.result(),
                    failure.toString());
            return completedFuture(null);
        });
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
