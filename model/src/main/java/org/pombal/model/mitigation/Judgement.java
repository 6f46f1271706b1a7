package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;

/**
 * What the observers together make of a destination.
 *
 * @param reason in words for an operator
 */
public record Judgement(Target target, Condition condition, String reason) {

    public Judgement {
        requireNonNull(target, "target is null");
        requireNonNull(condition, "condition is null");
        requireNonNull(reason, "reason is null");
    }
}
