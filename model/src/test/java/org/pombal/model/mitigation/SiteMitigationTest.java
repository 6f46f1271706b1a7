package org.pombal.model.mitigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.mitigation.Proxies.BAD;
import static org.pombal.model.mitigation.Proxies.GOOD;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

class SiteMitigationTest {

    private static final List<SiteId> SITES = List.of(
            new SiteId(new UUID(1, 1)),
            new SiteId(new UUID(1, 2)),
            new SiteId(new UUID(1, 3)),
            new SiteId(new UUID(1, 4)));

    /** What a site sees of another. */
    private interface Sight {
        Counts of(int from, int to);
    }

    private static List<MitigationAction> run(int minutes, SiteStatus last, Sight sight) {
        List<MitigationAction> actions = new ArrayList<>();
        MitigationMemory memory = MitigationMemory.EMPTY;
        for (int minute = 0; minute < minutes; minute++) {
            Instant now = Proxies.BEGIN.plus(Duration.ofMinutes(minute));
            List<DestinationStatistics> rows = new ArrayList<>();
            List<Target> targets = new ArrayList<>();
            for (int to = 0; to < SITES.size(); to++) {
                targets.add(Target.of(new Site(
                        SITES.get(to),
                        "site" + to,
                        to == 3 ? last : SiteStatus.ONLINE,
                        Optional.empty(),
                        Optional.of("lb"),
                        OptionalInt.empty(),
                        1)));
                for (int from = 0; from < SITES.size(); from++) {
                    for (int proxy = 0; proxy < 3 && from != to; proxy++) {
                        rows.add(new DestinationStatistics(
                                SITES.get(from),
                                new HostName("proxy" + proxy + ".site" + from),
                                new ProxyDestination.OfSite(SITES.get(to)),
                                Traffic.SESSIONS,
                                now.minusSeconds(60),
                                now,
                                sight.of(from, to)));
                    }
                }
            }
            Mitigation.Decision decision =
                    Mitigation.decide(MitigationFacts.ofSites(now, targets, rows), memory, MitigationRules.DEFAULTS);
            memory = decision.memory();
            actions.addAll(decision.actions());
        }
        return actions;
    }

    @Test
    void aSiteWhoseLoadBalancerAllOthersFindBrokenIsTakenOffline() {
        assertThat(run(2, SiteStatus.ONLINE, (from, to) -> to == 3 ? BAD : GOOD))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action).isInstanceOf(MitigationAction.TakeOffline.class);
                    assertThat(action.target().name()).isEqualTo("site3");
                    assertThat(action.reason()).startsWith("3 of 3 observers");
                });
    }

    @Test
    void aSiteWithoutANetworkDoesNotTakeTheOthersOffline() {
        assertThat(run(30, SiteStatus.ONLINE, (from, to) -> from == 3 ? BAD : GOOD))
                .isEmpty();
    }

    @Test
    void threeProxiesOfOneSiteAreOneObserver() {
        assertThat(run(30, SiteStatus.ONLINE, (from, to) -> from == 0 && to == 3 ? BAD : GOOD))
                .isEmpty();
    }

    @Test
    void aSiteThatAnOperatorEvacuatesIsLeftAlone() {
        assertThat(run(30, SiteStatus.EVACUATE, (from, to) -> to == 3 ? BAD : GOOD))
                .isEmpty();
        assertThat(run(30, SiteStatus.STANDBY, (from, to) -> GOOD)).isEmpty();
    }

    @Test
    void anOfflineSiteThatIsWellAgainIsBroughtOnline() {
        assertThat(run(6, SiteStatus.OFFLINE, (from, to) -> GOOD))
                .singleElement()
                .isInstanceOf(MitigationAction.BringOnline.class);
    }
}
