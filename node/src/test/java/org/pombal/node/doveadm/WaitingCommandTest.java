package org.pombal.node.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.node.TestCluster;

/** Commands with {@code --wait}. */
@Timeout(60)
class WaitingCommandTest {

    private static final String MOVE =
            "[[\"clusterGroupMove\",{\"site\":\"here\",\"group\":\"g\",\"host\":\"b2.example.org\",\"wait\":true},\"t\"]]";

    @Test
    void tells_what_it_did_and_how_far_it_is_while_it_waits() throws Exception {
        try (ApiFixture api = new ApiFixture(Optional.empty())) {
            Backend source = api.geo.online("b1.example.org");
            Backend destination = api.geo.online("b2.example.org");
            GroupId id = new GroupId(api.geo.here.id(), "g");
            TestCluster.applied(
                    api.geo.geoDb.groups().createIfAbsent(UserGroup.placed(id, source.id(), Optional.empty())));

            HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                    .send(
                            api.request("/doveadm/v1")
                                    .POST(HttpRequest.BodyPublishers.ofString(MOVE))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                assertThat(readUpTo("\"progress\"", body)).contains("\"move-id\"", "\"to\":\"b2.example.org\"");

                UserGroup moving = TestCluster.get(api.geo.geoDb.groups().find(id, ReadLevel.SERIAL))
                        .orElseThrow();
                TestCluster.applied(api.geo
                        .geoDb
                        .groups()
                        .update(GroupSteps.takenOver(moving, destination.id(), Optional.empty())));
                assertThat(new String(body.readAllBytes(), UTF_8)).endsWith("],\"t\"]]");
            }
        }
    }

    static String readUpTo(String word, InputStream body) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(word) < 0) {
            int next = body.read();
            if (next < 0) {
                throw new IOException("the answer has ended: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
