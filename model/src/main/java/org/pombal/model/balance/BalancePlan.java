package org.pombal.model.balance;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The moves that balance a site.
 *
 * @param reason why there are moves, or why not, in words for an operator
 * @param moves all that are needed, the most urgent first
 * @param allowed how many of them may begin now; the others are planned anew in the next pass
 * @param before highest load over mean, relative to the load factors, moves under way done
 * @param after the same when all moves are made
 * @param floor below which no plan brings it: groups that may not move, and groups heavier than a share
 * @param leastMoves fewer cannot bring every backend into its band
 * @param notes what stands in the way of more, for an operator
 */
public record BalancePlan(
        String reason,
        List<BalanceMove> moves,
        int allowed,
        double before,
        double after,
        double floor,
        int leastMoves,
        List<String> notes) {

    public BalancePlan {
        requireNonNull(reason, "reason is null");
        moves = List.copyOf(moves);
        notes = List.copyOf(notes);
        if (allowed < 0) {
            throw new IllegalArgumentException("allowed is " + allowed);
        }
    }

    static BalancePlan nothing(String reason) {
        return new BalancePlan(reason, List.of(), 0, 1, 1, 1, 0, List.of());
    }

    /** The moves to begin with. */
    public List<BalanceMove> now() {
        return moves.subList(0, Math.min(allowed, moves.size()));
    }
}
