package org.pombal.model.scale;

import static java.util.Objects.requireNonNull;

/** What a scaler said. */
public sealed interface ScalerAnswer {

    /** No cluster has more backends. */
    int MOST = 1_000;

    /**
     * So many backends.
     *
     * @param number 0 to {@value ScalerAnswer#MOST}
     * @param reason in words for an operator
     */
    record Wanted(int number, String reason) implements ScalerAnswer {

        public Wanted {
            requireNonNull(reason, "reason is null");
            if (number < 0 || number > MOST) {
                throw new IllegalArgumentException("a site has 0 to " + MOST + " backends, not " + number);
            }
        }
    }

    /**
     * Nothing that can be used, so nothing changes.
     *
     * @param problem in words for an operator
     */
    record Unusable(String problem) implements ScalerAnswer {

        public Unusable {
            requireNonNull(problem, "problem is null");
        }
    }

    /**
     * A number that somebody's scaler said; it may be anything.
     *
     * @param scaler for messages
     */
    static ScalerAnswer of(String scaler, long number) {
        return number < 0 || number > MOST
                ? new Unusable("the scaler " + scaler + " wants " + number + " backends; a site has 0 to " + MOST)
                : new Wanted((int) number, "the scaler " + scaler + " wants " + number);
    }
}
