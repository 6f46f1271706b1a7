package org.pombal.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

    @Test
    void noMoreThanAllowedRunAndTheOthersTakeTheirTurn() {
        ConcurrencyLimit limit = new ConcurrencyLimit(2, 10);
        List<CompletableFuture<Integer>> started = new ArrayList<>();
        List<CompletionStage<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            results.add(limit.run(() -> {
                CompletableFuture<Integer> work = new CompletableFuture<>();
                started.add(work);
                return work;
            }));
        }
        assertThat(started).hasSize(2);

        started.get(1).complete(1);
        assertThat(started).hasSize(3);
        assertThat(results.get(1).toCompletableFuture()).isCompletedWithValue(1);
        started.get(0).completeExceptionally(new IllegalStateException("failed"));
        assertThat(started).hasSize(4);
        assertThat(results.get(0).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void tooManyWaitingAreRefusedAtOnce() {
        ConcurrencyLimit limit = new ConcurrencyLimit(1, 1);
        limit.run(CompletableFuture::new);
        limit.run(CompletableFuture::new);

        assertThat(limit.run(CompletableFuture::new).toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("more than 1 lookups are waiting");
    }

    @Test
    void workThatEndsAtOnceDoesNotRecurse() {
        ConcurrencyLimit limit = new ConcurrencyLimit(1, 200_000);
        CompletableFuture<Void> first = new CompletableFuture<>();
        limit.run(() -> first);
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 100_000; i++) {
            limit.run(() -> CompletableFuture.completedFuture(done.incrementAndGet()));
        }

        first.complete(null);

        assertThat(done).hasValue(100_000);
    }

    @Test
    void workThatThrowsFreesItsPlace() {
        ConcurrencyLimit limit = new ConcurrencyLimit(1, 1);
        limit.run(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(limit.run(() -> CompletableFuture.completedFuture(7)).toCompletableFuture())
                .isCompletedWithValue(7);
    }
}
