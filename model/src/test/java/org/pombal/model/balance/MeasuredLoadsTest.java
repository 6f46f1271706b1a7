package org.pombal.model.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.balance.Balances.NOW;
import static org.pombal.model.balance.Balances.SITE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;

class MeasuredLoadsTest {

    private static final BalanceRules RULES = BalanceRules.DEFAULTS;
    private static final Duration LONG = Duration.ofHours(20);

    private final Balances site = new Balances();
    private final List<UserGroup> groups = new ArrayList<>();
    private final List<BackendLoad> loads = new ArrayList<>();
    private final Map<GroupId, Instant> movedAt = new HashMap<>();

    /** A backend with so many groups of that many sessions. */
    private Backend backend(int count, double sessions, Instant at, Duration measured) {
        Backend backend = site.backend(100);
        Map<GroupId, GroupTraffic> traffic = new HashMap<>();
        for (int i = 0; i < count; i++) {
            UserGroup group =
                    UserGroup.placed(GroupId.numbered(SITE, groups.size() + 1), backend.id(), Optional.empty());
            groups.add(group);
            traffic.put(group.id(), new GroupTraffic(sessions, 0.5, 0.25, measured));
        }
        loads.add(new BackendLoad(SITE, backend.id(), at, measured, Map.of(), traffic));
        return backend;
    }

    private BalanceFacts facts() {
        return MeasuredLoads.facts(NOW, site.backends, groups, loads, movedAt, Duration.ofSeconds(4), RULES);
    }

    @Test
    void theLoadIsWhatTheOwnersMeasure() {
        backend(2, 10, NOW.minusSeconds(20), LONG);
        backend(1, 1, NOW.minusSeconds(30), LONG);
        movedAt.put(groups.get(0).id(), NOW.minusSeconds(5));

        BalanceFacts facts = facts();

        assertThat(facts.groups()).extracting(GroupLoad::load).containsExactly(13.0, 13.0, 4.0);
        assertThat(facts.groups().get(0).movedAt()).contains(NOW.minusSeconds(5));
        assertThat(facts.samples()).isEqualTo(4_800);
        assertThat(facts.measuredAt()).isEqualTo(NOW.minusSeconds(30));
        assertThat(LoadBalancer.objection(facts, RULES)).isEmpty();
    }

    @Test
    void oneNodeThatIsAwayDoesNotStopTheBalancingAndItsGroupsStay() {
        for (int i = 0; i < 11; i++) {
            backend(3, 10, NOW.minusSeconds(i), LONG);
        }
        Backend away = backend(3, 500, NOW.minusSeconds(900), LONG);

        BalanceFacts facts = facts();

        assertThat(LoadBalancer.objection(facts, RULES)).isEmpty();
        assertThat(facts.groups().stream()
                        .filter(group -> group.group().backend().equals(away.id())))
                .hasSize(3)
                .allSatisfy(group -> {
                    assertThat(group.load()).isEqualTo(13);
                    assertThat(group.movedAt()).contains(NOW);
                });
    }

    @Test
    void manyThatAreAwayStopIt() {
        backend(30, 10, NOW.minusSeconds(10), LONG);
        backend(10, 10, NOW.minusSeconds(900), LONG);

        assertThat(LoadBalancer.objection(facts(), RULES)).contains("there are 0 samples of the load, fewer than 3000");
        assertThat(LoadBalancer.objection(facts(), RULES.byHand()))
                .contains("the load was measured 900 s ago, more than 300 s");
    }

    @Test
    void clocksThatAreAheadStopIt() {
        backend(10, 10, NOW.plusSeconds(3_600), LONG);
        backend(10, 10, NOW, LONG);

        assertThat(LoadBalancer.objection(facts(), RULES.byHand()))
                .contains("the load was measured 3600 s from now: a clock is wrong");
    }

    @Test
    void aRestartedNodeDoesNotMakeTheSamplesFew() {
        backend(5, 10, NOW, LONG);
        backend(5, 10, NOW, LONG);
        backend(5, 10, NOW, Duration.ofMinutes(5));
        assertThat(facts().samples()).isEqualTo(4_800);

        backend(5, 10, NOW, Duration.ofMinutes(5));
        assertThat(facts().samples()).isEqualTo(20);
    }

    @Test
    void withoutAnyReportNothingIsMoved() {
        backend(5, 10, NOW, LONG);
        loads.clear();

        assertThat(LoadBalancer.plan(facts(), RULES).moves()).isEmpty();
        assertThat(LoadBalancer.plan(facts(), RULES.byHand()).moves()).isEmpty();
    }

    @Test
    void byHandWhateverIsOutsideTheBandIsMoved() {
        backend(10, 10, NOW, Duration.ofMinutes(1));
        backend(10, 10.6, NOW, Duration.ofMinutes(1));

        assertThat(LoadBalancer.plan(facts(), RULES).moves()).isEmpty();
        assertThat(LoadBalancer.plan(facts(), RULES.byHand()).reason()).contains("more than 2 %");
    }
}
