package org.pombal.controller.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.controller.TestController.get;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.Cas;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.operations.Audit;

class EvacuationsTest {

    private static final HostName B1 = new HostName("b1.example.org");
    private static final Audit ANA = new Audit("ana");

    private final AutomatedSite site = new AutomatedSite(3);
    private final Evacuations evacuations = new Evacuations(site.cluster, site.sight, 50);

    private void runs(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            site.advance(Duration.ofSeconds(10));
            evacuations.run(site.task);
        }
    }

    private long moving() {
        return IntStream.rangeClosed(1, 9)
                .filter(number ->
                        site.row(GroupId.numbered(site.site.id(), number)).isMoving())
                .count();
    }

    /** The moves that have begun end. */
    private void arrive() {
        IntStream.rangeClosed(1, 9)
                .mapToObj(number -> site.row(GroupId.numbered(site.site.id(), number)))
                .filter(UserGroup::isMoving)
                .forEach(group -> assertThat(get(site.cluster
                                .geoDb()
                                .groups()
                                .update(GroupSteps.takenOver(
                                        group, group.move().orElseThrow().dest(), Optional.empty()))))
                        .isInstanceOf(Cas.Applied.class));
    }

    @Test
    void groupsLeaveAtTheRateAndTheEmptyBackendIsPutOnStandby() throws Exception {
        IntStream.rangeClosed(1, 9).forEach(number -> site.group(number, 1));

        evacuations.start(B1, 6, ANA);
        runs(1);
        assertThat(moving()).isEqualTo(2);
        runs(3);
        assertThat(moving()).isEqualTo(5);
        assertThat(evacuations.list()).singleElement().satisfies(one -> {
            assertThat(one.waiting()).isEqualTo(4);
            assertThat(one.left(site.sight.now())).contains(Duration.ofSeconds(40));
        });
        assertThat(site.status(1)).isEqualTo(BackendStatus.ONLINE);
        arrive();
        runs(4);
        arrive();
        runs(1);

        assertThat(site.status(1)).isEqualTo(BackendStatus.STANDBY);
        assertThat(evacuations.list()).isEmpty();
        assertThat(site.audit())
                .anyMatch(entry ->
                        entry.contains("group.move group default-1 done: evacuation at 6 groups a minute, as ana"))
                .anyMatch(entry -> entry.contains("backend.standby backend b1.example.org done"));
    }

    @Test
    void oneThatIsCancelledStartsNoMoreMoves() throws Exception {
        IntStream.rangeClosed(1, 9).forEach(number -> site.group(number, 1));
        evacuations.start(B1, 6, ANA);
        runs(1);

        assertThat(evacuations.cancel(B1)).isTrue();
        runs(5);

        assertThat(moving()).isEqualTo(2);
        assertThat(evacuations.cancel(B1)).isFalse();
    }

    @Test
    void aBackendThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> evacuations.start(new HostName("b9.example.org"), 6, ANA))
                .hasMessage("there is no backend 'b9.example.org' in site 'lisbon'");
    }
}
