package org.pombal.node.doveadm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.TestCluster.applied;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;

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
}
