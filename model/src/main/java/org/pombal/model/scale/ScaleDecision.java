package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How many backends a site should have, why, and what is done about it.
 *
 * @param backends how many it has, without one that is leaving, with those that are starting
 * @param desired how many it should have
 * @param reason why so many, in words for an operator
 * @param actions what is to be done now
 * @param next what is waited for; empty if nothing is
 * @param notes what else an operator should know
 * @param running how many the platform is to run when the actions are done; 0 if there is none
 * @param problem why the scaler's answer is of no use, if so
 */
public record ScaleDecision(
        int backends,
        int desired,
        String reason,
        List<ScaleAction> actions,
        Optional<String> next,
        List<String> notes,
        int running,
        Optional<String> problem,
        ScaleMemory memory) {

    public ScaleDecision {
        requireNonNull(reason, "reason is null");
        requireNonNull(next, "next is null");
        requireNonNull(problem, "problem is null");
        requireNonNull(memory, "memory is null");
        actions = List.copyOf(actions);
        notes = List.copyOf(notes);
    }
}
