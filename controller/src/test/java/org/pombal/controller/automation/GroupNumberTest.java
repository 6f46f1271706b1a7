package org.pombal.controller.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.controller.TestController.get;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.controller.automation.GroupNumberChange.Phase;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

class GroupNumberTest {

    private final AutomatedSite site = new AutomatedSite(2);
    private final GroupNumber number = new GroupNumber(site.cluster, site.sight, 20);
    private final GroupId first = site.group(1, 1);
    private final GroupId second = site.group(2, 2);

    private void has(int groups) throws Exception {
        Site row = site.sight.site();
        AutomatedSite.applied(site.cluster.geoDb().sites().update(row.withGroupCount(groups)));
    }

    private Phase phase() throws Exception {
        return number.current().orElseThrow().phase();
    }

    private void runs(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            site.advance(Duration.ofSeconds(30));
            number.run(site.task);
        }
    }

    private long in(GroupId group, int users) {
        return IntStream.rangeClosed(1, users)
                .filter(number -> site.home("user" + number + "@default-1").equals(group))
                .count();
    }

    @Test
    void itIsPlannedAndWaitsThenGroupsAreMadeAndUsersMoveInPasses() throws Exception {
        has(2);
        site.users(first, 60);
        number.want(3, false, "ana");
        runs(2);
        assertThat(number.current().orElseThrow()).satisfies(change -> {
            assertThat(change.phase()).isEqualTo(Phase.PLANNED);
            assertThat(change.made()).containsOnlyKeys("default-3");
            assertThat(change.users()).isEqualTo(30);
        });
        assertThat(site.sight.site().groupCount()).hasValue(2);

        number.begin();
        runs(2);
        assertThat(site.sight.site().groupCount()).hasValue(3);
        GroupId third = GroupId.numbered(site.site.id(), 3);
        assertThat(site.row(third).backend()).isEqualTo(site.row(first).backend());
        runs(1);
        assertThat(in(third, 60)).isEqualTo(20);
        runs(2);

        assertThat(in(third, 60)).isEqualTo(30);
        assertThat(phase()).isEqualTo(Phase.DONE);
        assertThat(site.audit())
                .anyMatch(entry -> entry.contains("site.group-count site lisbon done: asked for by ana"))
                .filteredOn(entry -> entry.contains("user.move"))
                .hasSize(30);
    }

    @Test
    void whatIsStoppedHoldsWhereItIsAndGoesOn() throws Exception {
        has(2);
        site.users(first, 60);
        number.want(3, true, "ana");
        runs(4);
        GroupId third = GroupId.numbered(site.site.id(), 3);
        assertThat(in(third, 60)).isEqualTo(20);

        assertThat(number.stop().started()).isFalse();
        runs(3);
        assertThat(in(third, 60)).isEqualTo(20);
        assertThat(number.current().orElseThrow().started()).isFalse();
        assertThatThrownBy(number::stop).hasMessageContaining("stopped already");
        assertThatThrownBy(() -> number.want(5, true, "ana")).hasMessageContaining("a change to 3 groups is under way");

        number.begin();
        runs(3);
        assertThat(in(third, 60)).isEqualTo(30);
        assertThat(phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void whatIsStoppedWhileItIsPlannedAnewGoesOnFromTheNewPlan() throws Exception {
        GroupId third = site.group(3, 2);
        has(3);
        site.users(third, 10);
        number.want(2, true, "ana");
        runs(4);
        assertThat(phase()).isEqualTo(Phase.RETIRING);
        AutomatedSite.applied(
                site.cluster.geoDb().users().createIfAbsent(User.firstSeen(new UserKey("late@default-3"), third)));
        runs(1);
        assertThat(phase()).isEqualTo(Phase.WANTED);

        number.stop();
        runs(3);
        assertThat(phase()).isEqualTo(Phase.PLANNED);
        assertThatThrownBy(number::stop).hasMessageContaining("stopped already");
        number.begin();
        runs(5);
        assertThat(phase()).isEqualTo(Phase.DONE);
        assertThat(site.home("late@default-3")).isEqualTo(second);
    }

    @Test
    void whatHasNotBegunIsGivenUp() throws Exception {
        has(2);
        site.users(first, 60);
        number.want(3, false, "ana");
        runs(1);
        number.stop();
        assertThat(number.current()).isEmpty();

        number.want(3, true, "ana");
        number.stop();
        runs(3);
        assertThat(site.sight.site().groupCount()).hasValue(2);
        number.stop();
        assertThat(number.current()).isEmpty();
        assertThatThrownBy(number::stop).hasMessageContaining("no change");
    }

    @Test
    void groupsThatEndGiveTheirUsersAndAreRetired() throws Exception {
        GroupId third = site.group(3, 2);
        has(3);
        site.users(third, 10);
        number.want(2, true, "ana");

        runs(6);

        assertThat(phase()).isEqualTo(Phase.DONE);
        assertThat(site.home("user1@default-3")).isEqualTo(second);
        assertThat(get(site.cluster.geoDb().groups().find(third, ReadLevel.SERIAL)))
                .isEmpty();
        assertThat(site.sight.site().groupCount()).hasValue(2);
    }

    @Test
    void whatIsNoChangeIsRefused() throws Exception {
        assertThatThrownBy(() -> number.want(5, true, "ana")).hasMessageContaining("has no groups yet");
        assertThatThrownBy(number::begin).hasMessageContaining("no change");
        has(2);
        assertThatThrownBy(() -> number.want(2, true, "ana")).hasMessageContaining("has 2 groups already");
        number.want(4, true, "ana");
        assertThatThrownBy(() -> number.want(5, true, "ana")).hasMessageContaining("a change to 4 groups is under way");
    }
}
