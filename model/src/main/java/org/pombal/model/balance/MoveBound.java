package org.pombal.model.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Fewer moves cannot bring every backend into its band: what each must lose at least, taken of its heaviest groups; and what all that
 * are below must gain at least, one by one of the heaviest groups there are, and together of different ones.
 */
final class MoveBound {

    private MoveBound() {}

    static int of(Ledger ledger) {
        double[] heaviest =
                sums(loads(ledger.free.stream().flatMap(List::stream).toList()));
        int losses = 0;
        int gains = 0;
        double missing = 0;
        for (int i = 0; i < ledger.load.length; i++) {
            losses += ledger.room(i) < 0 ? needed(sums(loads(ledger.free.get(i))), -ledger.room(i)) : 0;
            double gain = ledger.low[i] - ledger.load[i];
            gains += needed(heaviest, gain);
            missing += Math.max(0, gain);
        }
        return Math.max(losses, Math.max(gains, needed(heaviest, missing)));
    }

    /** How many of the first make up {@code weight}; all if they do not. */
    private static int needed(double[] sums, double weight) {
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] >= weight) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static double[] loads(List<GroupLoad> groups) {
        return groups.stream().mapToDouble(GroupLoad::load).toArray();
    }

    /** Of the heaviest, of the two heaviest, and so on. */
    private static double[] sums(double[] loads) {
        Arrays.sort(loads);
        double[] sums = new double[loads.length + 1];
        for (int i = 0; i < loads.length; i++) {
            sums[i + 1] = sums[i] + loads[loads.length - 1 - i];
        }
        return sums;
    }
}
