package org.pombal.model.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * Which groups leave a backend that carries too much: the fewest that suffice, of like size.
 *
 * <p>The fewest are as many as the heaviest that make up the excess. Among so many, groups of like size are taken whose sum comes nearest
 * to what brings the backend to its share: large ones find room less easily, and the heaviest may be more than need go.
 */
final class Selection {

    private Selection() {}

    /**
     * Selects groups.
     *
     * @param groups the heaviest first
     * @param excess the least that has to go
     * @param ideal what should go
     * @param most more must not go
     * @return a sum within {@code excess} and {@code most} if one is found; else less, or nothing
     */
    static List<GroupLoad> of(List<GroupLoad> groups, double excess, double ideal, double most) {
        double[] sums = sums(groups);
        int count = 0;
        while (count < groups.size() && sums[count] < excess) {
            count++;
        }
        if (count == 0 || sums[count] < excess) {
            return count == 0 ? List.of() : greedy(groups, excess, most);
        }
        int window = lastWindow(sums, count, ideal);
        int best = -1;
        for (int at = Math.max(0, window); at <= window + 1 && at + count <= groups.size(); at++) {
            double sum = sums[at + count] - sums[at];
            if (sum >= excess && sum <= most && (best < 0 || isNearer(sum, sums[best + count] - sums[best], ideal))) {
                best = at;
            }
        }
        return best < 0 ? greedy(groups, excess, most) : groups.subList(best, best + count);
    }

    private static boolean isNearer(double one, double other, double ideal) {
        return Math.abs(one - ideal) < Math.abs(other - ideal);
    }

    private static double[] sums(List<GroupLoad> groups) {
        double[] sums = new double[groups.size() + 1];
        for (int i = 0; i < groups.size(); i++) {
            sums[i + 1] = sums[i] + groups.get(i).load();
        }
        return sums;
    }

    /** The last of the windows of {@code count} groups that weighs {@code least} or more; -1 if none does. */
    private static int lastWindow(double[] sums, int count, double least) {
        int below = -1;
        int above = sums.length - count;
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (sums[middle + count] - sums[middle] >= least) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below;
    }

    private static List<GroupLoad> greedy(List<GroupLoad> groups, double excess, double most) {
        List<GroupLoad> taken = new ArrayList<>();
        double sum = 0;
        for (GroupLoad group : groups) {
            if (sum >= excess) {
                break;
            }
            if (group.load() > 0 && sum + group.load() <= most) {
                taken.add(group);
                sum += group.load();
            }
        }
        return taken;
    }
}
