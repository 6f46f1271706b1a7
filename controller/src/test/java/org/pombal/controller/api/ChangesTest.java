package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;

@Timeout(120)
class ChangesTest extends SiteFixture {

    @Test
    void eachKindOfThingHasAnEntityTagThatIsHeeded() {
        backend("localhost");
        group("default-1", "localhost");
        controller.post("/api/v1/tags", "{\"name\":\"gold\"}");
        for (String[] change : List.of(
                new String[] {"/api/v1/sites/lisbon", "{\"status\":\"standby\"}"},
                new String[] {"/api/v1/tags/gold", "{\"name\":\"silver\"}"},
                new String[] {"/api/v1/sites/lisbon/groups/default-1", "{\"stickyBackend\":true}"})) {
            assertThat(controller
                            .patch(change[0], change[1], "If-Match", "\"0\"")
                            .status())
                    .as(change[0])
                    .isEqualTo(412);
            assertThat(controller.patch(change[0], change[1], "If-Match", "0").status())
                    .as(change[0])
                    .isEqualTo(400);
            Answer changed = controller.patch(change[0], change[1]);
            assertThat(changed.status()).as(change[0]).isEqualTo(200);
            assertThat(changed.etag()).as(change[0]).matches("\"[0-9]+\"");
        }
    }

    @Test
    void ofManyChangesAtOnceOfWhatAllHaveSeenExactlyOneIsMade() {
        backend("localhost");
        String seen = controller.get("/api/v1/backends/localhost").etag();
        List<CompletableFuture<Answer>> asked = IntStream.rangeClosed(1, 8)
                .mapToObj(factor -> CompletableFuture.supplyAsync(() -> controller.patch(
                        "/api/v1/backends/localhost", "{\"loadFactor\":" + factor + "}", "If-Match", seen)))
                .toList();
        List<Integer> statuses =
                asked.stream().map(answer -> answer.join().status()).toList();

        // 409: it was as all had seen it, and then another was quicker.
        assertThat(statuses).containsOnlyOnce(200).allMatch(status -> List.of(200, 409, 412)
                .contains(status));
        int winner = statuses.indexOf(200) + 1;
        assertThat(controller
                        .get("/api/v1/backends/localhost")
                        .json()
                        .get("loadFactor")
                        .asInt())
                .isEqualTo(winner);
    }

    @Test
    void aFailoverIsChangedOnlyAsItWasSeen() {
        String failover = "/api/v1/sites/lisbon/failover";
        assertThat(controller
                        .ask(controller.admin(), "POST", failover, "{\"rate\":50}", "If-Match", "\"99\"")
                        .status())
                .isEqualTo(412);
        Answer started = controller.post(failover, "{\"rate\":50}");
        assertThat(started.status()).isEqualTo(202);
        String seen = "\"" + started.json().at("/result/version").asLong() + "\"";
        assertThat(controller.patch(failover, "{\"rate\":60}", "If-Match", seen).status())
                .isEqualTo(200);

        assertThat(controller.patch(failover, "{\"rate\":70}", "If-Match", seen).status())
                .isEqualTo(412);
        assertThat(controller.delete(failover, "If-Match", seen).status()).isEqualTo(412);
        assertThat(items("/api/v1/audit?limit=100"))
                .filteredOn(entry -> entry.get("action").asText().equals("site.failover.update")
                        && entry.get("result").asText().equals("done"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.get("before").asText()).contains("\"rate\":50", "\"phase\":\"declared\"");
                    assertThat(entry.get("after").asText()).contains("\"rate\":60");
                });
        assertThat(items("/api/v1/site-failovers").get(0).get("rate").asInt()).isEqualTo(60);
    }

    @Test
    void eachChangeIsWrittenDownWithWhoWhatBeforeAfterAndWhy() {
        backend("localhost");
        controller.patch(
                "/api/v1/backends/localhost", "{\"loadFactor\":50}", "X-Pombal-Reason", "disk is being replaced");
        controller.patch("/api/v1/backends/localhost", "{\"loadFactor\":0}", "If-Match", "\"0\"");

        JsonNode entries = items("/api/v1/audit?limit=2");
        // Both may have come in the same millisecond, and in any order then.
        JsonNode refused = withResult(entries, "refused");
        assertThat(refused.get("why").asText()).contains("has been changed since it was read");
        assertThat(refused.has("after")).isFalse();
        JsonNode done = withResult(entries, "done");
        assertThat(done.get("who").asText()).isEqualTo("admin");
        assertThat(done.get("from").asText()).isEqualTo("127.0.0.1");
        assertThat(done.get("action").asText()).isEqualTo("backend.update");
        assertThat(done.get("target").asText()).isEqualTo("backend localhost");
        assertThat(done.get("before").asText()).contains("\"loadFactor\":100");
        assertThat(done.get("after").asText()).contains("\"loadFactor\":50");
        assertThat(done.get("why").asText()).isEqualTo("disk is being replaced");
    }

    @Test
    void theAuditLogIsGoneThroughForTheChangesOfOneTarget() {
        backend("localhost");
        for (int number = 0; number < 5; number++) {
            controller.post("/api/v1/tags", "{\"name\":\"tag-" + number + "\"}");
        }

        assertThat(items("/api/v1/audit?target=backend%20localhost&limit=2").findValuesAsText("target"))
                .isNotEmpty()
                .containsOnly("backend localhost");
        assertThat(items("/api/v1/audit?target=backend%20local")).isEmpty();
    }

    private static JsonNode withResult(JsonNode entries, String result) {
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> entry.get("result").asText().equals(result))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatCannotBeWrittenDownIsNotDone() {
        controller.geoDbIsAway(true);
        assertThat(controller.post("/api/v1/tags", "{\"name\":\"gold\"}").status())
                .isEqualTo(503);
        controller.geoDbIsAway(false);
        assertThat(items("/api/v1/tags")).isEmpty();
    }
}
