package org.pombal.simulation.decisions;

import java.util.List;
import org.pombal.model.backend.Backend;

/** Plain weighted rendezvous hashing, as groups are first placed, with a hash that is quick enough for a hundred million scores. */
final class Rendezvous {

    private Rendezvous() {}

    static int[] places(int groups, List<Backend> backends) {
        int[] places = new int[groups];
        for (int group = 0; group < groups; group++) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < backends.size(); i++) {
                long hash = mix(mix(group + 1L) ^ mix(~(long) i));
                double unit = ((hash >>> 11) + 0.5) * 0x1.0p-53;
                double score = -Math.log(unit) / backends.get(i).loadFactor().percent();
                if (score < best) {
                    best = score;
                    places[group] = i;
                }
            }
        }
        return places;
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
