package org.pombal.geodb.cassandra;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The same question about each of many things, a bounded number at a time. */
final class Fanout {

    private static final int AT_ONCE = 64;

    private Fanout() {}

    /** The answers that are not empty, in the order of the questions. */
    static <T, R> CompletionStage<List<R>> ask(List<T> things, Function<T, CompletionStage<Optional<R>>> question) {
        return ask(things, question, new ArrayList<>(things.size()));
    }

    private static <T, R> CompletionStage<List<R>> ask(
            List<T> things, Function<T, CompletionStage<Optional<R>>> question, List<R> answers) {
        if (things.isEmpty()) {
            return completedFuture(answers);
        }
        int now = Math.min(AT_ONCE, things.size());
        List<CompletionStage<Optional<R>>> asked =
                things.subList(0, now).stream().map(question).toList();
        CompletionStage<Void> collected = completedFuture(null);
        for (CompletionStage<Optional<R>> answer : asked) {
            collected = collected.thenCombine(answer, (done, found) -> {
                found.ifPresent(answers::add);
                return null;
            });
        }
        return collected.thenCompose(done -> ask(things.subList(now, things.size()), question, answers));
    }
}
