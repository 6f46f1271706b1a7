package org.pombal.model.sitebalance;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pombal.model.groupsize.UserTransfer;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;

/**
 * Which users of one site go to others of its tag.
 *
 * <p>Each site should have as many users as its capacity is of all. If the fullest and the emptiest differ by more than the slack, users go from
 * those above a band as wide as the slack to those below, where the band lies such that as many are above as are missing below: no other band takes fewer moves.
 * Each site's controller plans this from the same facts and carries out what begins at its own.
 *
 * @param reason why, or why not, for an operator
 * @param before users over share of the fullest site
 * @param after the same when all is done, what other sites give included
 * @param transfers from groups of this site, not more than a day's
 * @param needed how many users would have to leave this site, the limit of a day aside
 */
public record SiteBalancePlan(String reason, double before, double after, List<UserTransfer> transfers, long needed) {

    public SiteBalancePlan {
        requireNonNull(reason, "reason is null");
        transfers = List.copyOf(transfers);
    }

    public long users() {
        return transfers.stream().mapToLong(UserTransfer::users).sum();
    }

    private static SiteBalancePlan nothing(String reason) {
        return new SiteBalancePlan(reason, 1, 1, List.of(), 0);
    }

    /**
     * Plans a day. Groups with sticky users give none and take none, nor do groups on the move.
     *
     * @param own whose users may leave
     * @param sites all that have its tag, it among them; others are left out
     */
    public static SiteBalancePlan of(Site own, Collection<SiteUsers> sites, SiteBalanceRules rules) {
        List<SiteUsers> peers = sites.stream()
                .filter(site -> site.site().tag().equals(own.tag()))
                .filter(SiteUsers::takesUsers)
                .sorted(comparing(site -> site.site().id()))
                .toList();
        if (own.status() != SiteStatus.ONLINE) {
            return nothing("site " + own.name() + " is " + own.status());
        }
        if (peers.stream().noneMatch(site -> site.site().id().equals(own.id()))) {
            return nothing("site " + own.name() + " has no backend online, or no group that may give users");
        }
        if (peers.size() < 2) {
            return nothing("no other site of its tag is online with backends and groups");
        }
        SiteLevels levels = SiteLevels.of(peers);
        double spread = levels.spread();
        if (spread <= rules.slack()) {
            return new SiteBalancePlan(
                    "sites differ by " + percent(spread) + " of their share, not more than " + percent(rules.slack()),
                    levels.peak(),
                    levels.peak(),
                    List.of(),
                    0);
        }
        SiteLevels.Flow flow = levels.flow(rules.slack());
        List<UserTransfer> transfers = new ArrayList<>();
        long needed = 0;
        long left = rules.maxInPlan();
        Optional<SiteUsers> giver = Optional.empty();
        for (SiteLevels.Stream stream : flow.streams()) {
            if (stream.from().site().id().equals(own.id())) {
                needed += stream.users();
                GroupFlow groups =
                        GroupFlow.of(giver.orElse(stream.from()), stream.to(), Math.min(left, stream.users()), false);
                transfers.addAll(groups.transfers());
                left -= groups.users();
                giver = Optional.of(groups.left());
            }
        }
        return new SiteBalancePlan(
                "sites differ by " + percent(spread) + " of their share, more than " + percent(rules.slack())
                        + (needed > rules.maxInPlan() ? "; more users another day" : ""),
                levels.peak(),
                flow.peak(),
                transfers,
                needed);
    }

    /**
     * Plans how a site is emptied because an operator asked for it: all of its users, sticky ones too, to the sites of its tag that are online,
     * so that these come as near to their shares as can be. Groups on the move follow when they have arrived.
     *
     * @param most users in this plan
     */
    public static SiteBalancePlan evacuation(SiteUsers own, Collection<SiteUsers> sites, long most) {
        List<SiteUsers> takers = sites.stream()
                .filter(site -> site.site().tag().equals(own.site().tag()))
                .filter(site -> !site.site().id().equals(own.site().id()))
                .filter(SiteUsers::takesUsers)
                .sorted(comparing(site -> site.site().id()))
                .toList();
        if (takers.isEmpty()) {
            return nothing("no other site of its tag is online with backends and groups");
        }
        List<UserTransfer> transfers = new ArrayList<>();
        SiteUsers giver = own;
        for (SiteLevels.Stream stream : SiteLevels.filling(own, takers, Math.min(most, own.users()))) {
            GroupFlow groups = GroupFlow.of(giver, stream.to(), stream.users(), true);
            transfers.addAll(groups.transfers());
            giver = groups.left();
        }
        return new SiteBalancePlan("site " + own.site().name() + " is emptied", 1, 1, transfers, own.users());
    }

    private static String percent(double ratio) {
        return Math.round(100 * ratio) + " %";
    }
}
