package org.pombal.node.doveadm.commands;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.node.doveadm.CommandFailedException;
import org.pombal.node.doveadm.Output;
import org.pombal.node.doveadm.Row;
import org.pombal.operations.Outcome;

/** From the outcome of an operation to rows, or to a failure of the command. */
final class Outcomes {

    private Outcomes() {}

    /** What was done; warnings go to the output before it. */
    static <T> CompletionStage<T> done(CompletionStage<Outcome<T>> operation, Output output) {
        return operation.thenCompose(outcome -> {
            if (outcome instanceof Outcome.Done<T> done) {
                done.warnings().forEach(warning -> output.progress("note: " + warning));
                return CompletableFuture.completedFuture(done.value());
            }
            return CompletableFuture.failedFuture(CommandFailedException.of(((Outcome.NotDone<T>) outcome).obstacle()));
        });
    }

    static <T> CompletionStage<Void> row(CompletionStage<Outcome<T>> operation, Output output, Function<T, Row> row) {
        return done(operation, output).thenCompose(value -> output.rows(List.of(row.apply(value))));
    }

    static <T> CompletionStage<Void> rows(
            CompletionStage<Outcome<List<T>>> operation, Output output, Function<T, Row> row) {
        return done(operation, output)
                .thenCompose(values -> output.rows(values.stream().map(row).toList()));
    }
}
