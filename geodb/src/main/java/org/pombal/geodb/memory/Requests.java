package org.pombal.geodb.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.memory.FaultPlan.Kind;

/** The way from a writer to the store and back, on which the faults happen. */
final class Requests {

    /** How long a writer waits for an answer unless it says otherwise. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    /**
     * One time that a compare-and-set is carried out.
     *
     * @param askedAgain the writer does not know what came of the time before
     * @param commits whether it gets further than being accepted
     */
    record Attempt(boolean askedAgain, boolean commits) {}

    /** A compare-and-set, as the store carries it out. */
    @FunctionalInterface
    interface CompareAndSet<T> {

        /** @throws UnknownOutcomeException if the row can no longer tell what came of the first attempt */
        Cas<T> carryOut(Attempt attempt);
    }

    /** What the writer gets to hear. */
    private sealed interface Answer<T> {
        record Given<T>(T value) implements Answer<T> {}

        record Refused<T>() implements Answer<T> {}

        record Nothing<T>() implements Answer<T> {}
    }

    private final String writer;
    private final Object store;
    private final FaultPlan faults;
    private final Delay delay;
    private final RandomGenerator random;
    private final Duration timeout;

    /**
     * @param store whose monitor guards all tables
     * @param timeout how long the writer waits for an answer
     */
    Requests(String writer, Object store, FaultPlan faults, Delay delay, RandomGenerator random, Duration timeout) {
        this.writer = requireNonNull(writer, "writer is null");
        this.store = requireNonNull(store, "store is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.delay = requireNonNull(delay, "delay is null");
        this.random = requireNonNull(random, "random is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    <T> CompletionStage<T> read(String what, Supplier<T> read) {
        return orUnavailable(what, send(Kind.READ, what, commits -> read.get()));
    }

    CompletionStage<Void> write(String what, Runnable write) {
        return orUnavailable(what, send(Kind.WRITE, what, commits -> {
                    write.run();
                    return true;
                }))
                .thenAccept(done -> {});
    }

    /** Asks again, once, when the answer is lost. */
    <T> CompletionStage<Cas<T>> compareAndSet(String what, CompareAndSet<T> change) {
        return this.<Cas<T>>send(Kind.COMPARE_AND_SET, what, commits -> change.carryOut(new Attempt(false, commits)))
                .thenCompose(first -> {
                    if (first instanceof Answer.Given<Cas<T>> given) {
                        return CompletableFuture.completedFuture(given.value());
                    }
                    return first instanceof Answer.Refused
                            ? CompletableFuture.failedFuture(new GeoDbUnavailableException(what + ": refused"))
                            : askAgain(what, change);
                });
    }

    private <T> CompletionStage<Cas<T>> askAgain(String what, CompareAndSet<T> change) {
        return this.<Cas<T>>send(Kind.COMPARE_AND_SET, what, commits -> change.carryOut(new Attempt(true, commits)))
                .thenApply(second -> {
                    if (second instanceof Answer.Given<Cas<T>> given) {
                        return given.value();
                    }
                    String why = "no answer, and none when asked again";
                    throw new UnknownOutcomeException(what + ": " + why, new IllegalStateException(why));
                });
    }

    private static <T> CompletionStage<T> orUnavailable(String what, CompletionStage<Answer<T>> answer) {
        return answer.thenApply(got -> {
            if (got instanceof Answer.Given<T> given) {
                return given.value();
            }
            throw new GeoDbUnavailableException(what + (got instanceof Answer.Refused ? ": refused" : ": no answer"));
        });
    }

    @FunctionalInterface
    private interface Effect<T> {
        T carryOut(boolean commits);
    }

    private <T> CompletionStage<Answer<T>> send(Kind kind, String what, Effect<T> effect) {
        CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
        Fault fault = faults.next(new FaultPlan.Request(writer, kind, what));
        if (fault instanceof Fault.None) {
            carryOut(effect, true, answer, Duration.ZERO);
        } else if (fault instanceof Fault.Slow slow) {
            carryOut(effect, true, answer, slow.delay());
        } else if (fault instanceof Fault.Unavailable) {
            answer.complete(new Answer.Refused<>());
        } else {
            if (fault instanceof Fault.AnswerLost) {
                carryOut(effect, random.nextBoolean(), new CompletableFuture<>(), Duration.ZERO);
            } else if (fault instanceof Fault.Late late) {
                delay.run(late.delay(), () -> carryOut(effect, true, new CompletableFuture<>(), Duration.ZERO));
            }
            delay.run(timeout, () -> answer.complete(new Answer.Nothing<>()));
        }
        return answer;
    }

    private <T> void carryOut(
            Effect<T> effect, boolean commits, CompletableFuture<Answer<T>> answer, Duration answeredAfter) {
        Runnable tell;
        try {
            T value;
            synchronized (store) {
                value = effect.carryOut(commits);
            }
            tell = () -> answer.complete(new Answer.Given<>(value));
        } catch (RuntimeException e) {
            tell = () -> answer.completeExceptionally(e);
        }
        if (answeredAfter.isZero()) {
            tell.run();
        } else if (answeredAfter.compareTo(timeout) < 0) {
            delay.run(answeredAfter, tell);
        } else {
            delay.run(timeout, () -> answer.complete(new Answer.Nothing<>()));
        }
    }
}
