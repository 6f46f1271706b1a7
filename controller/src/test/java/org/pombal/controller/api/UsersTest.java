package org.pombal.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

@Timeout(120)
class UsersTest extends SiteFixture {

    @Test
    void usersAreFoundByPrefixGroupAndBackend() {
        backend("localhost");
        backend("b1.example.org");
        GroupId one = group("default-1", "localhost");
        GroupId two = group("default-2", "localhost");
        GroupId other = group("default-3", "b1.example.org");
        user("ana@example.org", one);
        user("andre@example.org", two);
        user("rui@example.org", one);
        user("anita@example.org", other);

        assertThat(users("prefix=an"))
                .containsExactlyInAnyOrder("ana@example.org", "andre@example.org", "anita@example.org");
        assertThat(users("group=default-1")).containsExactlyInAnyOrder("ana@example.org", "rui@example.org");
        assertThat(users("backend=localhost"))
                .containsExactlyInAnyOrder("ana@example.org", "andre@example.org", "rui@example.org");
        assertThat(users("backend=localhost&prefix=an"))
                .containsExactlyInAnyOrder("ana@example.org", "andre@example.org");
        assertThat(users("site=lisbon&prefix=r")).containsExactly("rui@example.org");
        assertThat(controller.get("/api/v1/users?site=nowhere").status()).isEqualTo(404);
        assertThat(controller.get("/api/v1/users?backend=nowhere").status()).isEqualTo(404);
    }

    /** Page by page, with the smallest pages there are. */
    private List<String> users(String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = controller.get("/api/v1/users?limit=1&" + query + cursor);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
            JsonNode page = answer.json();
            page.get("items").forEach(user -> found.add(user.get("user").asText()));
            cursor = page.has("next")
                    ? "&cursor=" + URLEncoder.encode(page.get("next").asText(), UTF_8)
                    : "";
        } while (!cursor.isEmpty());
        return found;
    }

    @Test
    void aMoveIsFollowedListedAndWithdrawn() {
        backend("localhost");
        GroupId one = group("default-1", "localhost");
        group("default-2", "localhost");
        user("ana@example.org", one);
        claim(one);
        String path = "/api/v1/users/ana@example.org/move";
        assertThat(controller.get(path).status()).isEqualTo(404);
        assertThat(controller.delete(path).status()).isEqualTo(409);

        assertThat(controller.post(path, "{\"group\":\"default-2\"}").status()).isEqualTo(202);
        JsonNode move = controller.get(path).json();
        assertThat(move.get("kind").asText()).isEqualTo("move");
        assertThat(move.get("step").asText()).isEqualTo("leaving");
        assertThat(move.get("waitsFor").asText()).contains("backend localhost");
        assertThat(move.get("by").asText()).isEqualTo("admin");
        assertThat(move.get("lastsSeconds").asLong()).isBetween(0L, 60L);
        assertThat(move.get("toGroup").asText()).isEqualTo("default-2");
        assertThat(items("/api/v1/sites/lisbon/user-moves?limit=1").findValuesAsText("id"))
                .containsExactly(move.get("id").asText());

        Answer withdrawn = controller.delete(path);
        assertThat(withdrawn.status()).as(withdrawn.response().body()).isEqualTo(202);
        assertThat(withdrawn.json().at("/result/finished").asBoolean()).isFalse();
        assertThat(controller.get(path).json().get("step").asText()).isEqualTo("staying");
        get(controller.geoDb().groups().update(GroupSteps.departed(row(one), new UserKey("ana@example.org"))));
        assertThat(controller.get(path).status()).isEqualTo(404);
        assertThat(controller.delete(path).detail()).contains("is not leaving group lisbon/default-1");
        assertThat(items("/api/v1/sites/lisbon/user-moves")).isEmpty();
    }

    private UserGroup row(GroupId id) {
        return get(controller.geoDb().groups().find(id, ReadLevel.SERIAL)).orElseThrow();
    }

    private void claim(GroupId id) {
        get(controller.geoDb().groups().update(GroupSteps.claimed(row(id), 1)));
    }

    @Test
    void aUserIsMovedAndDeletedOnlyAsHeWasSeen() {
        backend("localhost");
        user("ana", group("default-1", "localhost"));
        group("default-2", "localhost");
        String seen = controller.get("/api/v1/users/ana").etag();
        String move = "/api/v1/users/ana/move";

        assertThat(controller
                        .ask(controller.admin(), "POST", move, "{\"group\":\"default-2\"}", "If-Match", "\"99\"")
                        .status())
                .isEqualTo(412);
        assertThat(controller
                        .ask(controller.admin(), "POST", move, "{\"group\":\"default-2\"}", "If-Match", seen)
                        .status())
                .isEqualTo(202);
        assertThat(controller.delete("/api/v1/users/ana", "If-Match", seen).status())
                .isEqualTo(412);
        assertThat(controller.delete(move, "If-Match", seen).status()).isEqualTo(412);
        assertThat(controller
                        .delete(
                                "/api/v1/users/ana",
                                "If-Match",
                                controller.get("/api/v1/users/ana").etag())
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aUserIsShownMovedAndDeleted() {
        backend("localhost");
        GroupId one = group("default-1", "localhost");
        group("default-2", "localhost");
        user("jos\u00e9@example.org", one);
        String path = "/api/v1/users/jos%C3%A9@example.org";

        assertThat(controller.get(path).json().get("backend").asText()).isEqualTo("localhost");
        Answer moved = controller.post(path + "/move", "{\"group\":\"default-2\"}");
        assertThat(moved.status()).as(moved.response().body()).isEqualTo(202);
        assertThat(controller.get(path).json().get("group").asText()).isEqualTo("default-2");
        assertThat(controller.delete(path).status()).isEqualTo(202);
        assertThat(controller.get(path).status()).isEqualTo(404);
    }
}
