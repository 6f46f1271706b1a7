package org.pombal.controller.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.controller.settings.MitigationSettings;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.group.GroupId;
import org.pombal.operations.GroupHolds;
import org.pombal.settings.Settings;

class ErrorMitigationTest {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final AutomatedSite site = new AutomatedSite(4);
    private final Settings settings = AutomatedSite.settings();
    private final ErrorMitigation mitigation = new ErrorMitigation(
            site.cluster,
            site.sight,
            MitigationSettings.rules(settings),
            settings.get(MitigationSettings.MAX_MOVES),
            settings.get(BalanceSettings.OPENING),
            BalanceSettings.rules(settings));
    private final GroupId first = site.group(1, 1);
    private final GroupId second = site.group(2, 1);

    /** So long b1 fails in this part of its sessions, and all others do well. */
    private void pass(Duration time, int failing) throws Exception {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(INTERVAL)) {
            site.advance(INTERVAL);
            site.sessions(1, 100 - failing, failing);
            for (int other = 2; other <= 4; other++) {
                site.sessions(other, 100, 0);
            }
            mitigation.run(site.task);
        }
    }

    @Test
    void aBrokenBackendGoesOfflineItsGroupsLeaveItAndRepairedItComesBack() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);

        pass(Duration.ofMinutes(1), 100);
        assertThat(site.status(1)).isEqualTo(BackendStatus.ONLINE);
        pass(INTERVAL, 100);
        assertThat(site.status(1)).isEqualTo(BackendStatus.OFFLINE);
        assertThat(site.row(first).isMoving()).isFalse();
        pass(INTERVAL, 100);

        assertThat(site.row(first).isMoving()).isTrue();
        assertThat(site.row(second).isMoving()).isTrue();
        assertThat(site.row(first).move().orElseThrow().dest())
                .isNotEqualTo(site.row(second).move().orElseThrow().dest());
        pass(Duration.ofMinutes(5), 0);
        assertThat(site.status(1)).isEqualTo(BackendStatus.OFFLINE);
        pass(INTERVAL, 0);
        assertThat(site.status(1)).isEqualTo(BackendStatus.ONLINE);
        assertThat(site.audit())
                .anyMatch(entry -> entry.startsWith("controller error-mitigation backend.offline backend b1.example.org"
                        + " done: 2 of 2 observers see it broken (failures 100 % of 200, peers 0 %) for"))
                .anyMatch(entry -> entry.startsWith("controller error-mitigation group.move group default-1 done:"
                        + " b1.example.org is offline and still broken"))
                .anyMatch(entry -> entry.startsWith("controller error-mitigation backend.online backend b1.example.org"
                        + " done: 2 of 2 observers see it healthy"))
                .hasSize(4);
    }

    @Test
    void whoBreaksIsWrittenDownWithItsGroupsAndThoseThatAreHeldStay() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);
        GroupHolds holds = new GroupHolds(site.cluster.geoDb().automationNotes());
        get(holds.write(new GroupHolds.Hold(first, site.sight.now(), false, "it broke three")));

        pass(Duration.ofSeconds(90), 100);

        assertThat(site.status(1)).isEqualTo(BackendStatus.OFFLINE);
        assertThat(get(holds.breakages(site.site.id()))).singleElement().satisfies(breakage -> {
            assertThat(breakage.backend()).isEqualTo(site.added.get(0).id());
            assertThat(breakage.groups()).containsExactlyInAnyOrder(first, second);
        });
        assertThat(site.row(first).isMoving()).isFalse();
        assertThat(site.row(second).isMoving()).isTrue();
        assertThat(site.plan(ErrorMitigation.NAME).notes()).contains("group default-1 is held: it broke three");
    }

    @Test
    void aDegradedBackendKeepsAGroupThatIsHeld() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);
        GroupHolds holds = new GroupHolds(site.cluster.geoDb().automationNotes());
        get(holds.write(new GroupHolds.Hold(first, site.sight.now(), false, "it broke three")));

        pass(Duration.ofMinutes(5), 15);

        assertThat(site.row(first).isMoving()).isFalse();
        assertThat(site.row(second).isMoving()).isTrue();
    }

    @Test
    void inADryRunItIsOnlySaid() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.DRYRUN);

        pass(Duration.ofSeconds(75), 100);

        assertThat(site.status(1)).isEqualTo(BackendStatus.ONLINE);
        assertThat(site.audit()).isEmpty();
        assertThat(site.plan(ErrorMitigation.NAME)).satisfies(plan -> {
            assertThat(plan.mode()).isEqualTo("dryrun");
            assertThat(plan.summary()).contains("of 4 backends 3 are healthy, 0 degraded, 1 broken");
            assertThat(plan.steps()).singleElement().satisfies(step -> {
                assertThat(step.action()).isEqualTo("backend.offline");
                assertThat(step.outcome()).isEqualTo(Plan.Step.PLANNED);
            });
        });
    }

    @Test
    void aDegradedBackendLosesOneGroupInAWhile() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);

        pass(Duration.ofMinutes(5), 15);

        assertThat(site.status(1)).isEqualTo(BackendStatus.ONLINE);
        assertThat(site.row(first).isMoving() ^ site.row(second).isMoving()).isTrue();
        assertThat(site.audit()).singleElement().asString().contains("b1.example.org is degraded");
    }

    @Test
    void switchedOffItRemembersAndSaysNothing() throws Exception {
        pass(Duration.ofMinutes(2), 100);

        assertThat(site.status(1)).isEqualTo(BackendStatus.ONLINE);
        assertThat(site.sight.note(site.site, ErrorMitigation.MEMORY)).isEmpty();
        assertThat(site.sight.note(site.site, ErrorMitigation.NAME)).isEmpty();
    }
}
