package org.pombal.operations;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;

/** Goes through a listing page after page. The next page is asked for when the one before has been dealt with. */
final class Paging {

    static final int PAGE_SIZE = 500;

    private Paging() {}

    /** Reads a page. */
    @FunctionalInterface
    interface Reader<T> {
        CompletionStage<Page<T>> read(Optional<PageToken> from);
    }

    /** Where it goes on, if it does. */
    private record Next(boolean ended, Optional<PageToken> from) {}

    /** @param each deals with the rows of a page; false ends the listing */
    static <T> CompletionStage<Void> through(Reader<T> reader, Function<List<T>, CompletionStage<Boolean>> each) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        run(Optional.empty(), reader, each, end);
        return end;
    }

    /** A loop as long as answers are there at once, so that the stack does not grow with the listing. */
    private static <T> void run(
            Optional<PageToken> start,
            Reader<T> reader,
            Function<List<T>, CompletionStage<Boolean>> each,
            CompletableFuture<Void> end) {
        Optional<PageToken> from = start;
        while (true) {
            CompletableFuture<Next> step = step(from, reader, each);
            if (!step.isDone()) {
                step.whenComplete((next, failure) -> {
                    if (failure != null) {
                        end.completeExceptionally(failure);
                    } else if (next.ended()) {
                        end.complete(null);
                    } else {
                        run(next.from(), reader, each, end);
                    }
                });
                return;
            }
            if (step.isCompletedExceptionally()) {
                step.whenComplete((next, failure) -> end.completeExceptionally(failure));
                return;
            }
            Next next = step.join();
            if (next.ended()) {
                end.complete(null);
                return;
            }
            from = next.from();
        }
    }

    private static <T> CompletableFuture<Next> step(
            Optional<PageToken> from, Reader<T> reader, Function<List<T>, CompletionStage<Boolean>> each) {
        try {
            return reader.read(from)
                    .thenCompose(page -> each.apply(page.rows())
                            .thenApply(more -> new Next(!more || page.next().isEmpty(), page.next())))
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
