package org.pombal.geodb;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Many creations at once. */
final class Creators {

    private static final int AT_ONCE = 64;

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
