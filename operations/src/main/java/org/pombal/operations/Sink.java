package org.pombal.operations;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Takes the rows of a long listing, some at a time; the next are read when it says so by completing what it returned. */
@FunctionalInterface
public interface Sink<T> {

    CompletionStage<Void> accept(List<T> rows);
}
