package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;

@Timeout(120)
class GroupsTest extends SiteFixture {

    @Test
    void theGroupsOfASiteAreCreatedListedByPagesAndFlagged() {
        backend("localhost");
        Answer made = controller.post("/api/v1/sites/lisbon/init", "{\"count\":25}");
        assertThat(made.json().at("/result/created").asInt()).isEqualTo(25);

        List<String> names = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = controller
                    .get("/api/v1/sites/lisbon/groups?limit=10" + cursor)
                    .json();
            page.get("items").forEach(group -> names.add(group.get("name").asText()));
            cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 25)
                        .mapToObj(number -> "default-" + number)
                        .toList());
        assertThat(pages).isGreaterThan(1);

        Answer sticky = controller.patch("/api/v1/sites/lisbon/groups/default-7", "{\"stickyBackend\":true}");
        assertThat(sticky.json().at("/result/stickyBackend").asBoolean()).isTrue();
        assertThat(sticky.json().at("/result/stickyUsers").asBoolean()).isFalse();
    }

    @Test
    void aMoveIsStartedFollowedAndWithdrawn() {
        backend("localhost");
        backend("b1.example.org");
        group("default-1", "localhost");
        assertThat(controller.get("/api/v1/sites/lisbon/groups/default-1/move").status())
                .isEqualTo(404);

        Answer started =
                controller.post("/api/v1/sites/lisbon/groups/default-1/move", "{\"backend\":\"b1.example.org\"}");
        assertThat(started.status()).as(started.response().body()).isEqualTo(202);
        assertThat(started.json().at("/result/to").asText()).isEqualTo("b1.example.org");

        JsonNode followed =
                controller.get("/api/v1/sites/lisbon/groups/default-1/move").json();
        assertThat(followed.at("/move/phase").asText()).isEqualTo("proposed");
        assertThat(followed.at("/move/cause").asText()).isEqualTo("moved by admin");
        assertThat(items("/api/v1/sites/lisbon/groups?moving=true")).hasSize(1);
        assertThat(items("/api/v1/sites/lisbon/groups?moving=false")).isEmpty();
        assertThat(items("/api/v1/sites/lisbon/groups?backend=b1.example.org")).hasSize(1);
        assertThat(controller
                        .post("/api/v1/sites/lisbon/groups/default-1/move", "{\"backend\":\"b1.example.org\"}")
                        .status())
                .isEqualTo(409);

        assertThat(controller
                        .delete("/api/v1/sites/lisbon/groups/default-1/move")
                        .status())
                .isEqualTo(200);
        assertThat(controller
                        .delete("/api/v1/sites/lisbon/groups/default-1/move")
                        .status())
                .isEqualTo(409);
    }
}
