package org.pombal.node.doveadm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.TestCluster.applied;
import static org.pombal.node.TestCluster.get;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/** What {@code cluster group ...} tells of a group that is on this node's backend. */
@Timeout(60)
class GroupCommandsTest {

    private ApiFixture api;
    private UserGroup group;

    @BeforeEach
    void start() throws IOException {
        api = new ApiFixture(Optional.of(new HostName("b1.example.org")));
        Backend backend = api.geo.online("b1.example.org");
        group = applied(api.geo
                .geoDb
                .groups()
                .createIfAbsent(
                        UserGroup.placed(new GroupId(api.geo.here.id(), "default-1"), backend.id(), Optional.empty())));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String status() {
        return api.call("clusterGroupStatus", "{\"site\":\"here\",\"group\":\"default-1\"}");
    }

    @Test
    void itsStatusSaysSinceWhenNothingHasChanged() {
        assertThat(status()).contains("\"since\":\"2026-01-01T00:00:00Z\"");

        api.geo.advance(Duration.ofDays(1));
        applied(api.geo.geoDb.groups().update(GroupSteps.withSticky(group, true, false)));
        api.geo.advance(Duration.ofDays(1));

        assertThat(status()).contains("\"since\":\"2026-01-02T00:00:00Z\"");
    }

    @Test
    void accessAsksInTheNameOfTheTestUserAndIsRemembered() {
        assertThat(status()).contains("\"localdb\":\"\"");

        assertThat(api.call("clusterGroupAccess", "{\"group\":\"default-1\"}"))
                .isEqualTo("[[\"doveadmResponse\",[{\"group\":\"default-1\",\"backend\":\"b1.example.org\","
                        + "\"user\":\"probe-b1.example.org\"}],\"t\"]]");

        assertThat(status()).contains("\"localdb\":\"remembered-host, epoch 1\"");
    }

    @Test
    void aMoveThatItsBackendHasNotBegunIsTakenBackAndTheUsersWhoLeaveTheGroupStillDo() {
        Departure leaves = Departure.to(MoveId.random(), group("default-2"), Optional.empty());
        UserGroup before = update(GroupSteps.registered(group, new UserKey("alice"), leaves));
        update(GroupSteps.proposed(before, move()));

        assertThat(stay())
                .isEqualTo("[[\"doveadmResponse\",[{\"site\":\"here\",\"group\":\"default-1\","
                        + "\"backend\":\"b1.example.org\"}],\"t\"]]");

        assertThat(now().move()).isEmpty();
        assertThat(now().backend()).isEqualTo(group.backend());
        assertThat(now().leaving()).isEqualTo(before.leaving());
        assertThat(stay()).contains("\"exitCode\":65", "group 'default-1' of site 'here' does not move");
    }

    @Test
    void aMoveThatHasBegunIsNotTakenBack() {
        UserGroup handedOver = update(GroupSteps.handedOver(update(GroupSteps.proposed(group, move())), 1));

        assertThat(stay()).contains("\"exitCode\":65", "there is no way back: let it end");

        assertThat(now()).isEqualTo(handedOver);
    }

    @Test
    void whatIsNotThereIsSaidToBe() {
        assertThat(api.call("clusterGroupStay", "{\"site\":\"here\",\"group\":\"default-9\"}"))
                .contains("\"exitCode\":68", "no group 'default-9'");
        assertThat(api.call("clusterGroupStay", "{\"site\":\"there\",\"group\":\"default-1\"}"))
                .contains("\"exitCode\":68", "no site 'there'");
    }

    private String stay() {
        return api.call("clusterGroupStay", "{\"site\":\"here\",\"group\":\"default-1\"}");
    }

    private GroupId group(String name) {
        return new GroupId(api.geo.here.id(), name);
    }

    private GroupMove move() {
        Backend other = api.geo.online("b2.example.org");
        return GroupMove.proposed(MoveId.random(), other.id(), false, "test", api.geo.now());
    }

    private UserGroup update(UserGroup next) {
        return applied(api.geo.geoDb.groups().update(next));
    }

    private UserGroup now() {
        return get(api.geo.geoDb.groups().find(group.id(), ReadLevel.SERIAL)).orElseThrow();
    }
}
