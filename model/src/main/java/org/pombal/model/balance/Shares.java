package org.pombal.model.balance;

import java.util.BitSet;

/**
 * What each backend should carry.
 *
 * <p>Its share is exactly load factor over the sum of the factors. A backend whose groups that must stay weigh more than its share
 * allows keeps those, and what is left is shared by the others. Taking one out lowers the shares of the others, so another may follow.
 */
final class Shares {

    /** In the unit of the loads. */
    final double[] targets;
    /** Highest target over share: no plan has a lower ratio of highest load to mean. */
    final double floor;
    /** The highest target of a backend that has room for more than what must stay. */
    final double mostOpen;

    private Shares(double[] targets, double floor, double mostOpen) {
        this.targets = targets;
        this.floor = floor;
        this.mostOpen = mostOpen;
    }

    /**
     * @param all load of all backends
     * @param factors each above 0
     * @param staying load that must stay, by backend
     */
    static Shares of(double all, double[] factors, double[] staying, double band) {
        double[] targets = new double[factors.length];
        BitSet stuck = new BitSet(factors.length);
        boolean changed = true;
        while (changed) {
            double rest = all;
            double sum = 0;
            for (int i = 0; i < factors.length; i++) {
                if (stuck.get(i)) {
                    rest -= staying[i];
                } else {
                    sum += factors[i];
                }
            }
            changed = false;
            for (int i = 0; i < factors.length; i++) {
                if (!stuck.get(i)) {
                    targets[i] = Math.max(0, rest) * factors[i] / sum;
                    if (staying[i] > targets[i] * (1 + band)) {
                        targets[i] = staying[i];
                        stuck.set(i);
                        changed = true;
                    }
                }
            }
        }
        double mostOpen = 0;
        for (int i = 0; i < factors.length; i++) {
            mostOpen = stuck.get(i) ? mostOpen : Math.max(mostOpen, targets[i]);
        }
        return new Shares(targets, floor(all, factors, targets), mostOpen);
    }

    private static double floor(double all, double[] factors, double[] targets) {
        double sum = 0;
        for (double factor : factors) {
            sum += factor;
        }
        double floor = 1;
        for (int i = 0; i < factors.length && all > 0; i++) {
            floor = Math.max(floor, targets[i] * sum / (all * factors[i]));
        }
        return floor;
    }
}
