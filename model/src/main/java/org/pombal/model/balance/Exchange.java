package org.pombal.model.balance;

import java.util.List;
import org.pombal.model.balance.Ledger.Piece;

/**
 * Brings backends into their band that neither {@link Relief} nor {@link Filling} could, because their groups are too heavy for
 * the room that is left: gives a heavy group for a lighter one. Costs two moves, so it comes last.
 */
final class Exchange {

    /** Partners that are tried for each; more have less room. */
    private static final int PARTNERS = 32;

    /** Exchanges of one backend. */
    private static final int MOST = 16;

    private Exchange() {}

    static void run(Ledger ledger) {
        for (int i = 0; i < ledger.load.length; i++) {
            for (int times = 0; times < MOST && ledger.room(i) < 0 && once(ledger, i); times++) {}
        }
    }

    /** Gives and takes so that this one comes nearer to its share and no partner leaves its band. */
    private static boolean once(Ledger ledger, int from) {
        double ideal = ledger.load[from] - ledger.target[from];
        double best = 0;
        Piece given = null;
        Piece taken = null;
        for (int partner : ledger.roomiest(PARTNERS)) {
            if (partner == from) {
                continue;
            }
            List<GroupLoad> theirs = ledger.free.get(partner);
            for (GroupLoad group : ledger.free.get(from)) {
                double wanted = group.load() - Math.min(ideal, ledger.room(partner));
                int at = lastNotBelow(theirs, wanted);
                if (at >= 0) {
                    double gain = group.load() - theirs.get(at).load();
                    if (gain > best && gain <= ledger.load[from] - ledger.low[from]) {
                        best = gain;
                        given = new Piece(group, from);
                        taken = new Piece(theirs.get(at), partner);
                    }
                }
            }
        }
        if (given == null || taken == null || best < ideal / 8) {
            return false;
        }
        ledger.move(taken, from);
        ledger.move(given, taken.from());
        return true;
    }

    private static int lastNotBelow(List<GroupLoad> groups, double weight) {
        int low = -1;
        int high = groups.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (groups.get(middle).load() >= weight) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
