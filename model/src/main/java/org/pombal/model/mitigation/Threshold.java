package org.pombal.model.mitigation;

import static org.pombal.model.parameter.Range.check;

/**
 * A ratio of failures, with a gap between coming and going so that nothing flickers.
 *
 * @param enter at or above it a condition begins, above 0, to 1
 * @param leave below it the condition ends, 0 to {@code enter}
 */
public record Threshold(double enter, double leave) {

    public Threshold {
        check("enter", enter, Double.MIN_VALUE, 1);
        check("leave", leave, 0, enter);
    }

    boolean isReached(double ratio, boolean already) {
        return ratio >= (already ? leave : enter);
    }
}
