package org.pombal.commands;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A call whose parameters are wrong; nothing was done.
 *
 * @param problems all that is wrong, at least one
 */
public record Refusal(List<Problem> problems) implements Checked {

    public Refusal {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a refusal needs a problem");
        }
    }

    /** All problems in one line. */
    public String message() {
        return problems.stream().map(Problem::message).collect(joining("; "));
    }
}
