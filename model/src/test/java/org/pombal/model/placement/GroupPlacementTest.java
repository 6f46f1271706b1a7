package org.pombal.model.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

class GroupPlacementTest {

    private static final SiteId SITE = SiteId.parse("6b1f2c3e-0000-4000-8000-000000000001");

    @Test
    void theSameUserGetsTheSameGroupInEveryRelease() {
        // Computed by another program: a change of these breaks clusters in which two releases run side by side.
        assertThat(groupOf("alice@example.org", 1000)).isEqualTo("default-692");
        assertThat(groupOf("bob@example.org", 1000)).isEqualTo("default-64");
        assertThat(groupOf("ünïcode@example.org", 7)).isEqualTo("default-5");
    }

    @Test
    void spellingsOfOneNameShareAGroup() {
        assertThat(groupOf("ALICE@Example.ORG", 1000)).isEqualTo(groupOf("alice@example.org", 1000));
    }

    @Test
    void usersSpreadEvenly() {
        Map<String, Integer> users = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            users.merge(groupOf("user" + i + "@example.org", 100), 1, Integer::sum);
        }

        // 1,000 expected for each of 100; four standard deviations are 126.
        assertThat(users).hasSize(100).allSatisfy((group, count) -> assertThat(count)
                .isBetween(870, 1130));
    }

    @Test
    void theDomainMayChooseTheGroup() {
        UsernameHash byDomain = UsernameHash.parse("%Ld");

        assertThat(GroupPlacement.groupFor(new UserKey("a@x.org"), byDomain, SITE, 1000))
                .isEqualTo(GroupPlacement.groupFor(new UserKey("B@X.ORG"), byDomain, SITE, 1000))
                .isNotEqualTo(GroupPlacement.groupFor(new UserKey("a@y.org"), byDomain, SITE, 1000));
    }

    @Test
    void aSiteWithoutGroupsIsAnError() {
        assertThatThrownBy(() -> groupOf("alice", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group count 0");
    }

    private static String groupOf(String user, int groupCount) {
        GroupId group = GroupPlacement.groupFor(new UserKey(user), UsernameHash.WHOLE_NAME, SITE, groupCount);
        return group.name();
    }
}
