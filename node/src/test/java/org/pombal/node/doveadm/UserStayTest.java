package org.pombal.node.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.node.TestCluster.applied;
import static org.pombal.node.TestCluster.get;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupMove;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/** {@code cluster user stay}: what it answers, and what it waits for. */
@Timeout(60)
class UserStayTest {

    private static final UserKey ALICE = new UserKey("alice");

    private ApiFixture api;
    private UserGroup one;
    private UserGroup two;

    @BeforeEach
    void start() throws IOException {
        api = new ApiFixture(Optional.empty());
        Backend backend = api.geo.online("b1.example.org");
        one = group("default-1", backend);
        two = group("default-2", backend);
        applied(api.geo.geoDb.users().createIfAbsent(User.firstSeen(ALICE, one.id())));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private UserGroup group(String name, Backend backend) {
        return applied(api.geo
                .geoDb
                .groups()
                .createIfAbsent(
                        UserGroup.placed(new GroupId(api.geo.here.id(), name), backend.id(), Optional.empty())));
    }

    private UserGroup update(UserGroup next) {
        return applied(api.geo.geoDb.groups().update(next));
    }

    private UserGroup leaves(UserGroup group) {
        return update(GroupSteps.registered(group, ALICE, Departure.to(MoveId.random(), two.id(), Optional.empty())));
    }

    /** A backend owns the group, so that only it can carry the departure out. */
    private void leavesClaimedGroup() {
        leaves(update(GroupSteps.claimed(one, 1)));
    }

    private UserGroup now() {
        return get(api.geo.geoDb.groups().find(one.id(), ReadLevel.SERIAL)).orElseThrow();
    }

    private User alice() {
        return get(api.geo.geoDb.users().find(ALICE, ReadLevel.SERIAL)).orElseThrow();
    }

    private String stay(String user) {
        return api.call("clusterUserStay", "{\"user\":\"" + user + "\"}");
    }

    /** Calls with --wait, does this once the command waits, and returns what comes then. */
    private String waiting(Runnable meanwhile) throws Exception {
        HttpRequest request = api.request("/doveadm/v1")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "[[\"clusterUserStay\",{\"user\":\"alice\",\"wait\":true},\"t\"]]"))
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(WaitingCommandTest.readUpTo("\"progress\"", body))
                    .contains("\"user\":\"alice\",\"group\":\"here/default-1\",\"move-id\":\"");
            meanwhile.run();
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    @Test
    void whoDoesNotLeaveHasNothingToTakeBackAndWhoIsUnknownIsSaidToBe() {
        assertThat(stay("alice")).contains("\"exitCode\":65", "is not leaving group here/default-1");
        assertThat(stay("nobody")).contains("\"exitCode\":67", "knows no user 'nobody'");
    }

    @Test
    void aDepartureThatNobodyCarriesOutIsTakenBackAtOnce() {
        leaves(one);

        assertThat(stay("alice"))
                .startsWith("[[\"doveadmResponse\",[{\"user\":\"alice\",\"group\":\"here/default-1\",\"move-id\":\"");

        assertThat(now().leaving()).isEmpty();
        assertThat(alice().home()).isEqualTo(one.id());
        assertThat(stay("alice")).contains("\"exitCode\":65");
    }

    @Test
    void theOwnerIsLeftToMakeSureAndAskingAgainIsTheSame() {
        leavesClaimedGroup();

        String first = stay("alice");

        Departure standing = requireNonNull(now().leaving().get(ALICE));
        assertThat(standing.isStayIn(one.id())).isTrue();
        assertThat(first).contains("\"move-id\":\"" + standing.id());
        assertThat(stay("alice")).isEqualTo(first);
    }

    @Test
    void itIsRefusedWhileTheGroupMoves() {
        Backend other = api.geo.online("b2.example.org");
        GroupMove move = GroupMove.proposed(MoveId.random(), other.id(), false, "test", api.geo.now());
        UserGroup moving = update(GroupSteps.proposed(leaves(update(GroupSteps.claimed(one, 1))), move));

        assertThat(stay("alice")).contains("\"exitCode\":65", "cannot be taken back before that has ended");

        assertThat(now()).isEqualTo(moving);
    }

    @Test
    void waitingEndsWhenTheOwnerHasMadeSure() throws Exception {
        leavesClaimedGroup();

        String rest = waiting(() -> update(GroupSteps.departed(now(), ALICE)));

        assertThat(rest).endsWith("],\"t\"]]").doesNotContain("had left");
    }

    @Test
    void waitingSaysSoOfWhoHasLeftAllTheSame() throws Exception {
        leavesClaimedGroup();

        String rest = waiting(() -> {
            applied(api.geo.geoDb.users().update(alice().movedTo(two.id(), Optional.empty())));
            update(GroupSteps.departed(now(), ALICE));
        });

        assertThat(rest).contains("had left before it was taken back, and is in here/default-2", "75");
    }
}
