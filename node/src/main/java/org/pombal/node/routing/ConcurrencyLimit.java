package org.pombal.node.routing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of asynchronous pieces of work run at a time and a bounded number wait. Bounds what a flood of
 * unknown users asks of GeoDB.
 */
final class ConcurrencyLimit {

    private final int maxRunning;
    private final int maxWaiting;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private int running;

    ConcurrencyLimit(int maxRunning, int maxWaiting) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    /** Runs the work now or when its turn comes; fails at once if too many wait already. */
    <T> CompletionStage<T> run(Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (enqueue(() -> start(work, result))) {
            startWaiting();
        } else {
            result.completeExceptionally(
                    new LookupFailedException("more than " + maxWaiting + " lookups are waiting for GeoDB"));
        }
        return result;
    }

    private synchronized boolean enqueue(Runnable start) {
        return waiting.size() < maxWaiting && waiting.add(start);
    }

    private <T> void start(Supplier<CompletionStage<T>> work, CompletableFuture<T> result) {
        CompletionStage<T> stage;
        try {
            stage = work.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((value, failure) -> {
            finished();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    private void finished() {
        synchronized (this) {
            running--;
        }
        startWaiting();
    }

    /** Work that ends at once would recurse through {@link #finished()}; so only one caller at a time starts work. */
    private void startWaiting() {
        if (wakeUps.getAndIncrement() != 0) {
            return;
        }
        int handled = 1;
        do {
            for (Runnable start = next(); start != null; start = next()) {
                start.run();
            }
            handled = wakeUps.addAndGet(-handled);
        } while (handled != 0);
    }

    private synchronized @Nullable Runnable next() {
        if (running >= maxRunning) {
            return null;
        }
        Runnable start = waiting.poll();
        if (start != null) {
            running++;
        }
        return start;
    }
}
