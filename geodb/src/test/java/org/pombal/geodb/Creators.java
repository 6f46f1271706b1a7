package org.pombal.geodb;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Many creations at once. */
final class Creators {

    private static final int AT_ONCE = 64;
    private static final int RACE_TRIES = 10;

    private Creators() {}

    /** Lets {@code count} threads begin at the same moment, and returns what each was told. */
    static <T> List<T> race(int count, IntFunction<CompletionStage<T>> create) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> outcomes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                outcomes.add(threads.submit(() -> {
                    start.await(10, SECONDS);
                    return Await.result(create.apply(number));
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> outcome : outcomes) {
                results.add(outcome.get(60, SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Lets them all write one row at the same moment. Who is told nothing, as Cassandra does when too many meet, asks again as all who use
     * GeoDB do.
     *
     * @return the row of the one who won, of whom all were told
     */
    static <T> T oneWinner(int count, IntFunction<CompletionStage<Cas<T>>> write) throws Exception {
        AtomicBoolean allWereTold = new AtomicBoolean(true);
        List<Cas<T>> outcomes =
                race(count, i -> asking(() -> write.apply(i), RACE_TRIES, () -> allWereTold.set(false)));
        List<T> standing = outcomes.stream().map(Creators::standing).distinct().toList();
        assertThat(standing).hasSize(1);
        // The winner's second try may find the row of the first, which is no less the winner's.
        assertThat(outcomes).filteredOn(Cas.Applied.class::isInstance).hasSizeBetween(allWereTold.get() ? 1 : 0, 1);
        return standing.get(0);
    }

    private static <T> CompletionStage<T> asking(Supplier<CompletionStage<T>> write, int tries, Runnable again) {
        return write.get().exceptionallyCompose(failure -> {
            if (tries == 1 || !saysNothing(Await.cause(failure))) {
                return CompletableFuture.failedFuture(failure);
            }
            again.run();
            long pause = ThreadLocalRandom.current().nextLong(50, 500);
            return CompletableFuture.supplyAsync(
                            () -> asking(write, tries - 1, again),
                            CompletableFuture.delayedExecutor(pause, MILLISECONDS))
                    .thenCompose(next -> next);
        });
    }

    private static boolean saysNothing(Throwable failure) {
        return failure instanceof UnknownOutcomeException || failure instanceof GeoDbUnavailableException;
    }

    /** The row that stands after a creation, whoever made it. */
    static <T> T standing(Cas<T> outcome) {
        return outcome instanceof Cas.Applied<T> applied
                ? applied.row()
                : ((Cas.Lost<T>) outcome).current().orElseThrow();
    }

    /** Creates them all, some dozens at a time. */
    static <T, R> List<R> createAll(List<T> rows, Function<T, CompletionStage<R>> create) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletionStage<R>> created = new ArrayList<>();
        for (T row : rows) {
            if (!free.tryAcquire(30, SECONDS)) {
                throw new AssertionError("no creation finished within 30 s");
            }
            created.add(create.apply(row).whenComplete((outcome, failure) -> free.release()));
        }
        return created.stream().map(Await::result).toList();
    }
}
