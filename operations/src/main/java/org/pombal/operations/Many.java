package org.pombal.operations;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The same act on each of many things, a bounded number at a time. The first failure ends it. */
final class Many<T> {

    private final Iterator<T> things;
    private final int atOnce;
    private final Function<T, CompletionStage<Void>> act;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int running;
    private boolean looping;

    private Many(Iterator<T> things, int atOnce, Function<T, CompletionStage<Void>> act) {
        this.things = things;
        this.atOnce = atOnce;
        this.act = act;
    }

    static <T> CompletionStage<Void> each(List<T> things, int atOnce, Function<T, CompletionStage<Void>> act) {
        Many<T> many = new Many<>(things.iterator(), atOnce, act);
        many.goOn();
        return many.end;
    }

    /** Starts as many as may run. Who comes while another thread is at it leaves it to that one. */
    private void goOn() {
        while (true) {
            Optional<T> next = next();
            if (next.isEmpty()) {
                return;
            }
            CompletableFuture<Void> acting = begin(next.get());
            boolean ended = acting.isDone();
            synchronized (this) {
                looping = false;
                running -= ended ? 1 : 0;
            }
            if (!ended) {
                acting.whenComplete((done, failure) -> ended(failure));
            } else if (acting.isCompletedExceptionally()) {
                acting.whenComplete((done, failure) -> end.completeExceptionally(failure));
            }
        }
    }

    /** What to begin now, if anything. */
    private Optional<T> next() {
        synchronized (this) {
            if (looping || end.isDone() || running >= atOnce) {
                return Optional.empty();
            }
            if (things.hasNext()) {
                running++;
                looping = true;
                return Optional.of(things.next());
            }
            if (running > 0) {
                return Optional.empty();
            }
        }
        end.complete(null);
        return Optional.empty();
    }

    private CompletableFuture<Void> begin(T thing) {
        try {
            return act.apply(thing).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void ended(@Nullable Throwable failure) {
        synchronized (this) {
            running--;
        }
        if (failure != null) {
            end.completeExceptionally(failure);
        } else {
            goOn();
        }
    }
}
