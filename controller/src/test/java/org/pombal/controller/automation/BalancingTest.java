package org.pombal.controller.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.controller.TestController.get;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.controller.settings.UserBalanceSettings;
import org.pombal.controller.task.work.TaskContext;
import org.pombal.controller.task.work.TaskLostException;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.group.GroupId;
import org.pombal.operations.GroupHolds;

class BalancingTest {

    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final AutomatedSite site = new AutomatedSite(2);

    private LoadBalancing balancing(String... settings) {
        return new LoadBalancing(site.cluster, site.sight, AutomatedSite.settings(settings));
    }

    /** Twenty groups of ten sessions on b1, ten of them on b2. */
    private void uneven() {
        Map<GroupId, Double> heavy = new HashMap<>();
        Map<GroupId, Double> light = new HashMap<>();
        for (int number = 1; number <= 30; number++) {
            boolean first = number <= 20;
            (first ? heavy : light).put(site.group(number, first ? 1 : 2), 10.0);
        }
        site.load(1, 0.9, heavy);
        site.load(2, 0.3, light);
    }

    private long moving() {
        return IntStream.rangeClosed(1, 30)
                .filter(number ->
                        site.row(GroupId.numbered(site.site.id(), number)).isMoving())
                .count();
    }

    @Test
    void asManyGroupsLeaveAsItTakesAndEachIsWrittenDown() throws Exception {
        uneven();
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);

        balancing().run(site.task);

        assertThat(moving()).isEqualTo(5);
        assertThat(site.audit()).hasSize(5).allMatch(entry -> entry.startsWith("controller load-balancing group.move"));
        assertThat(site.plan(LoadBalancing.NAME)).satisfies(plan -> {
            assertThat(plan.steps()).hasSize(5).allMatch(step -> step.outcome().equals(Plan.Step.DONE));
            assertThat(plan.figures())
                    .containsKeys("score of b1.example.org (nodes)", "score of b2.example.org (nodes)")
                    .containsEntry("fewest moves possible", 5.0);
        });
        site.advance(Duration.ofSeconds(10));
        balancing().run(site.task);
        assertThat(moving()).isEqualTo(5);
        assertThat(site.sight.note(site.site, MovedGroups.NOTE).orElseThrow()).contains("default-");
    }

    @Test
    void whoLosesTheTaskWhileTheAuditLogIsWrittenDoesNothingMore() throws Exception {
        uneven();
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);
        TaskContext lost = new TaskContext(site.task.task(), () -> site.audit().isEmpty());

        assertThatThrownBy(() -> balancing().run(lost)).isInstanceOf(TaskLostException.class);

        assertThat(moving()).isZero();
        assertThat(site.audit()).hasSize(1);
        assertThat(site.sight.note(site.site, LoadBalancing.NAME)).isEmpty();
        assertThatThrownBy(() -> site.sight.write(lost, site.site, LoadBalancing.NAME, "late"))
                .isInstanceOf(TaskLostException.class);
    }

    @Test
    void inADryRunAndASimulationNothingMoves() throws Exception {
        uneven();
        assertThat(balancing().simulated().steps()).hasSize(5);
        assertThat(site.sight.note(site.site, LoadBalancing.NAME)).isEmpty();
        site.feature(Feature.LOAD_BALANCING, FeatureState.DRYRUN);

        balancing().run(site.task);

        assertThat(moving()).isZero();
        assertThat(site.plan(LoadBalancing.NAME).steps()).hasSize(5);
    }

    @Test
    void groupsThatAreHeldStayAndItIsSaidWhy() throws Exception {
        uneven();
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);
        GroupHolds holds = new GroupHolds(site.cluster.geoDb().automationNotes());
        for (int number = 1; number <= 20; number++) {
            get(holds.write(new GroupHolds.Hold(
                    GroupId.numbered(site.site.id(), number), site.sight.now(), false, "three broke")));
        }

        balancing().run(site.task);

        assertThat(moving()).isZero();
        assertThat(site.plan(LoadBalancing.NAME).notes()).contains("group default-7 is held: three broke");
        get(holds.release(GroupId.numbered(site.site.id(), 7), site.sight.now(), "ann"));
        balancing().run(site.task);
        assertThat(moving()).isEqualTo(1);
    }

    @Test
    void classicMovesOneGroupByTheScores() throws Exception {
        uneven();
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);

        balancing("HOST_LOAD_BALANCE_MODE=classic").run(site.task);

        assertThat(moving()).isEqualTo(1);
        assertThat(site.plan(LoadBalancing.NAME).summary()).startsWith("classic: the score of b1.example.org is");
    }

    @Test
    void byHandItIsDoneWithTheFeatureOff() throws Exception {
        uneven();

        assertThat(balancing().run(site.task)).isEqualTo("the feature is off");
        balancing().extra(site.task);

        assertThat(moving()).isEqualTo(5);
        assertThat(site.plan(LoadBalancing.NAME).notes()).contains("asked for by an operator");
    }

    @Test
    void withoutPrometheusThatIsNamedItGoesOnAndSaysSo() throws Exception {
        uneven();

        LoadBalancing balancing = balancing("PROMETHEUS_URL=http://127.0.0.1:1");
        assertThat(balancing.prometheusAnswers()).isEmpty();
        assertThat(balancing.simulated().notes())
                .anyMatch(note -> note.startsWith("Prometheus at http://127.0.0.1:1 (PROMETHEUS_URL) does not answer"));
        assertThat(balancing.prometheusAnswers()).contains(false);
        site.advance(Duration.ofMinutes(21));
        assertThat(balancing.prometheusAnswers()).isEmpty();
    }

    @Test
    void aPrometheusThatFailsIsNamedAndTheNodesFiguresAreTaken() throws Exception {
        uneven();
        try (BrokenPrometheus server = BrokenPrometheus.thatAnswers(500, "{\"error\":\"out of memory\"}")) {
            LoadBalancing balancing = balancing("PROMETHEUS_URL=" + server.url());
            assertThat(balancing.simulated())
                    .satisfies(plan -> assertThat(plan.notes())
                            .anyMatch(note -> note.contains("answers 500")
                                    && note.endsWith("out of memory; scores are made of what the nodes report")))
                    .satisfies(plan -> assertThat(plan.figures()).containsKeys("score of b1.example.org (nodes)"));
            assertThat(balancing.prometheusAnswers()).contains(false);
        }
    }

    /** Its recording rules have stopped, or its clock is an hour behind. */
    @Test
    void scoresThatPrometheusHasFromLongAgoMoveNothing() throws Exception {
        uneven();
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);
        long anHourAgo =
                site.cluster.clock().instant().minus(Duration.ofHours(1)).getEpochSecond();
        try (BrokenPrometheus server = BrokenPrometheus.thatAnswers(200, """
                {"status":"success","data":{"result":[
                {"metric":{"host":"b1.example.org","score":"cpu"},"value":[0,"%1$d"]},
                {"metric":{"host":"b2.example.org","score":"cpu"},"value":[0,"%1$d"]}]}}""".formatted(anHourAgo))) {
            balancing("HOST_LOAD_BALANCE_MODE=classic", "PROMETHEUS_URL=" + server.url())
                    .run(site.task);
        }
        assertThat(moving()).isZero();
        assertThat(site.plan(LoadBalancing.NAME).summary())
                .startsWith("classic: ")
                .contains("the load was measured 3600 s ago");
    }

    @Test
    void figuresThatNodesReportedLongAgoMoveNothing() throws Exception {
        uneven();
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);
        site.advance(Duration.ofHours(1));
        try (BrokenPrometheus server = BrokenPrometheus.thatAnswers(500, "")) {
            for (String mode : new String[] {"classic", "planner"}) {
                balancing("HOST_LOAD_BALANCE_MODE=" + mode, "PROMETHEUS_URL=" + server.url())
                        .run(site.task);
                assertThat(moving()).as(mode).isZero();
            }
        }
    }

    @Test
    void usersGoFromTheLargestGroupToTheSmallestInPasses() throws Exception {
        GroupId large = site.group(1, 1);
        GroupId small = site.group(2, 1);
        GroupId other = site.group(3, 2);
        site.users(large, 60);
        site.users(other, 1);
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);
        UserBalancing balancing = new UserBalancing(
                UserPlanners.GROUP_SIZES,
                site.cluster,
                site.sight,
                UserPlanners.groupSizes(UserBalanceSettings.groups(AutomatedSite.settings())),
                false,
                20);

        balancing.run(site.task);
        assertThat(site.sight.note(site.site, UsersCounted.NOTE).flatMap(UsersCounted::read))
                .map(UsersCounted::byBackend)
                .contains(Map.of(site.added.get(0).id(), 60L, site.added.get(1).id(), 1L));
        assertThat(site.sight
                        .note(
                                site.site,
                                GroupUsersCounted.note(site.added.get(0).id()))
                        .flatMap(GroupUsersCounted::read))
                .map(GroupUsersCounted::users)
                .contains(Map.of("default-1", 60L, "default-2", 0L));
        assertThat(in(small)).isEqualTo(20);
        site.advance(INTERVAL);
        balancing.run(site.task);

        assertThat(in(small)).isEqualTo(27);
        assertThat(in(other)).isZero();
        assertThat(site.audit()).hasSize(27).allMatch(entry -> entry.contains("user.move"));
        assertThat(site.plan(UserPlanners.GROUP_SIZES).summary()).contains("27 users, 0 of them later");
    }

    @Test
    void usersGoToTheEmptierSiteOfTheirTagInPassesAndNotWithTheFeatureOff() throws Exception {
        GroupId here = site.group(1, 1);
        site.users(here, 60);
        GroupId there = site.groupOf(site.another("porto"));
        UserBalancing balancing = new UserBalancing(
                UserPlanners.SITES,
                site.cluster,
                site.sight,
                UserPlanners.sites(site.sight, UserBalanceSettings.sites(AutomatedSite.settings())),
                true,
                8);

        balancing.run(site.task);
        assertThat(in(there)).isZero();
        site.feature(Feature.LOAD_BALANCING, FeatureState.ON);
        balancing.run(site.task);
        assertThat(in(there)).isEqualTo(8);
        site.advance(INTERVAL);
        balancing.run(site.task);

        // Two backends here and one there: a third of them, less what the band of 20 % leaves.
        assertThat(in(there)).isBetween(14L, 20L);
        assertThat(site.audit())
                .hasSize((int) in(there))
                .allMatch(entry -> entry.contains("users-between-sites user.move"));
    }

    private long in(GroupId group) {
        return IntStream.rangeClosed(1, 60)
                .filter(number -> site.home("user" + number + "@default-1").equals(group))
                .count();
    }
}
