package org.pombal.controller.settings;

import java.util.Locale;

/** How load is balanced. */
public enum BalanceMode {
    /** The fewest moves into a band, by the loads of groups. */
    PLANNER,
    /** One group in an interval, by the scores of backends. */
    CLASSIC;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
