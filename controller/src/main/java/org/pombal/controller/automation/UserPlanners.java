package org.pombal.controller.automation;

import java.util.ArrayList;
import java.util.List;
import org.pombal.controller.automation.UserBalancing.Planner;
import org.pombal.controller.automation.UserBalancing.Proposal;
import org.pombal.model.groupsize.GroupSizePlan;
import org.pombal.model.groupsize.GroupSizeRules;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.sitebalance.SiteBalancePlan;
import org.pombal.model.sitebalance.SiteBalanceRules;
import org.pombal.model.sitebalance.SiteUsers;

/** What users change groups for. */
final class UserPlanners {

    static final String GROUP_SIZES = "group-sizes";
    static final String SITES = "users-between-sites";

    private UserPlanners() {}

    static Planner groupSizes(GroupSizeRules rules) {
        return (own, census) -> {
            GroupSizePlan plan = GroupSizePlan.of(census.groups(own), rules);
            return new Proposal(
                    plan.transfers(),
                    plan.transfers().isEmpty()
                            ? "groups of each backend are of like size"
                            : "groups of a backend differ in size",
                    plan.reasons());
        };
    }

    /** A site that is to be evacuated gives users without looking at the slack. */
    static Planner sites(SiteSight sight, SiteBalanceRules rules) {
        return (own, census) -> {
            List<SiteUsers> sites = new ArrayList<>();
            for (Site site : sight.sites()) {
                if (site.tag().equals(own.tag())) {
                    sites.add(SiteUsers.of(site, sight.backends(site), census.groups(site)));
                }
            }
            SiteUsers self = sites.stream()
                    .filter(site -> site.site().id().equals(own.id()))
                    .findFirst()
                    .orElseThrow();
            SiteBalancePlan plan = own.status() == SiteStatus.EVACUATE
                    ? SiteBalancePlan.evacuation(self, sites, rules.maxInPlan())
                    : SiteBalancePlan.of(own, sites, rules);
            return new Proposal(
                    plan.transfers(),
                    plan.reason(),
                    plan.needed() > plan.users()
                            ? List.of(plan.needed() + " users would have to leave the site in all")
                            : List.of());
        };
    }
}
