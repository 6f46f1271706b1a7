package org.pombal.controller.http;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.geodb.PageToken;
import org.pombal.model.failure.FailureText;

/**
 * Which part of a list is asked for.
 *
 * @param limit about how many items, 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(Optional<PageToken> cursor, int limit) {

    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1000;

    /** As it stands in the query. */
    public static PageRequest of(Optional<String> cursor, Optional<String> limit) {
        return new PageRequest(
                cursor.map(PageToken::new),
                Input.parse("limit", limit, PageRequest::number).orElse(DEFAULT_LIMIT));
    }

    /** Reads the part; a cursor that is of no such list ends the request with 400. */
    public <T> CompletionStage<T> read(Function<PageRequest, CompletionStage<T>> list) {
        try {
            return list.apply(this).exceptionallyCompose(failure -> failedFuture(problem(failure)));
        } catch (IllegalArgumentException e) {
            return failedFuture(problem(e));
        }
    }

    /** The same for a list that can be read at once. */
    public <T> T readNow(Function<PageRequest, T> list) {
        try {
            return list.apply(this);
        } catch (IllegalArgumentException e) {
            if (problem(e) instanceof ProblemException problem) {
                throw problem;
            }
            throw e;
        }
    }

    private Throwable problem(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        return cause instanceof IllegalArgumentException && cursor.isPresent()
                ? ProblemException.badRequest(
                        "cursor: '" + Input.shortened(cursor.get().value())
                                + "' is no place in this list; take what the part before gave as next")
                : failure;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "'" + Input.shortened(text) + "' is not a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }
}
