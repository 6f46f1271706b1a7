package org.pombal.controller.automation;

import org.pombal.controller.automation.Plan.Step;
import org.pombal.model.balance.BalanceMove;

/** Moves of groups as steps of a plan. */
final class Moves {

    private Moves() {}

    static Step step(BalanceMove move) {
        return new Step(
                "group.move",
                "group " + move.group().id().name(),
                move.from().host().value(),
                move.to().host().value(),
                move.reason(),
                Step.PLANNED);
    }
}
