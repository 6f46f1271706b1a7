package org.pombal.model.groupsize;

import static org.pombal.model.parameter.Range.check;

/**
 * When and how fast users change groups so that groups are of like size.
 *
 * @param slack the difference between the largest and the smallest group of a backend, as a part of their mean, above which users are
 *     moved, and to which, 0.01 to 10: the setting {@code GROUP_BALANCE_GROUP_SIZE_RATIO_SLACK}
 * @param maxInPlan how many users change groups in a day at most, 1 to 10,000,000: the setting {@code
 *     GROUP_BALANCE_MAX_USER_MOVE_BETWEEN_GROUPS}
 * @param maxInPass and how many in a pass, one each half an hour, 1 to 100,000: the setting {@code
 *     GROUP_BALANCE_MAX_USER_MOVES_PER_PASS}
 */
public record GroupSizeRules(double slack, int maxInPlan, int maxInPass) {

    public static final GroupSizeRules DEFAULTS = new GroupSizeRules(0.2, 2_000, 50);

    public GroupSizeRules {
        check("slack", slack, 0.01, 10);
        check("maxInPlan", maxInPlan, 1, 10_000_000);
        check("maxInPass", maxInPass, 1, 100_000);
    }
}
