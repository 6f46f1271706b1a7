package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a part of the automation decided last, as it is kept in GeoDB and shown by the API.
 *
 * @param name of that part, such as {@code load-balancing}
 * @param at when, in milliseconds of Unix time
 * @param mode off, dryrun or on: with {@code dryrun} nothing was done
 * @param summary why there is something to do, or why not, in words for an operator
 * @param steps what is to be done, at most {@value #MOST_STEPS}
 * @param more how many steps there are besides
 * @param notes what else an operator should know
 * @param figures what it is based on, and what it is expected to bring about
 */
public record Plan(
        String name,
        long at,
        String mode,
        String summary,
        List<Step> steps,
        int more,
        List<String> notes,
        Map<String, Double> figures) {

    static final int MOST_STEPS = 500;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * One step.
     *
     * @param action as {@code backend.offline} or {@code group.move}
     * @param target to what
     * @param from where it is; empty if that does not apply
     * @param to where it goes
     * @param reason in words for an operator
     * @param outcome planned, done, or why it was not done
     */
    public record Step(String action, String target, String from, String to, String reason, String outcome) {

        static final String PLANNED = "planned";
        static final String DONE = "done";

        public Step {
            requireNonNull(action, "action is null");
            requireNonNull(target, "target is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(outcome, "outcome is null");
        }

        Step ended(String how) {
            return new Step(action, target, from, to, reason, how);
        }
    }

    public Plan {
        requireNonNull(name, "name is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(summary, "summary is null");
        more += Math.max(0, steps.size() - MOST_STEPS);
        steps = List.copyOf(steps.subList(0, Math.min(MOST_STEPS, steps.size())));
        notes = List.copyOf(notes);
        figures = new TreeMap<>(figures);
    }

    static Plan of(String name, Instant at, String mode, String summary, List<Step> steps, List<String> notes) {
        return new Plan(name, at.toEpochMilli(), mode, summary, steps, 0, notes, Map.of());
    }

    Plan with(Map<String, Double> newFigures) {
        return new Plan(name, at, mode, summary, steps, more, notes, newFigures);
    }

    String toText() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan cannot be written as JSON", e);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static Plan parse(String text) {
        try {
            return JSON.readValue(text, Plan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a plan: " + e.getOriginalMessage(), e);
        }
    }

    /** For the result of a task. */
    String inShort() {
        long done =
                steps.stream().filter(step -> step.outcome().equals(Step.DONE)).count();
        return mode + ": " + summary + "; " + (steps.size() + more) + " steps, " + done + " done";
    }
}
