package org.pombal.model.sitebalance;

import static org.pombal.model.parameter.Range.check;

/**
 * When and how fast users change between sites of one tag.
 *
 * @param slack the difference between the fullest and the emptiest site, each relative to its capacity, as a part of their mean, above which
 *     users are moved, and to which, 0.01 to 10
 * @param maxInPlan how many users leave a site in a day at most, 1 to 10,000,000
 * @param maxInPass and how many in a pass, 1 to 100,000
 */
public record SiteBalanceRules(double slack, int maxInPlan, int maxInPass) {

    public static final SiteBalanceRules DEFAULTS = new SiteBalanceRules(0.2, 1_000, 20);

    public SiteBalanceRules {
        check("slack", slack, 0.01, 10);
        check("maxInPlan", maxInPlan, 1, 10_000_000);
        check("maxInPass", maxInPass, 1, 100_000);
    }
}
