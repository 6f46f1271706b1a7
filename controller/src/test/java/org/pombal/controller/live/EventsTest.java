package org.pombal.controller.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.controller.TestController.get;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

@Timeout(60)
class EventsTest {

    private static List<String> listen(TestController controller) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + controller.port() + "/api/v1/events"))
                .header("Authorization", "Bearer " + controller.admin())
                .build();
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<HttpResponse<Stream<String>>> answer =
                HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofLines());
        answer.thenAcceptAsync(response -> response.body().forEach(lines::add));
        await().atMost(20, SECONDS).until(() -> lines.stream().anyMatch(line -> line.contains("\"nothing\"")));
        return lines;
    }

    @Test
    void whoeverListensHearsOfEachChangeOnce() {
        try (TestController controller = TestController.start()) {
            controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"localhost\"}");
            List<String> one = listen(controller);
            List<String> other = listen(controller);
            controller.patch("/api/v1/backends/localhost", "{\"loadFactor\":50}");
            controller.post("/api/v1/tags", "{\"name\":\"gold\"}");
            for (List<String> lines : List.of(one, other)) {
                await().atMost(20, SECONDS)
                        .until(() -> lines.stream().anyMatch(line -> line.contains("\"kind\":\"sites\"")));
                assertThat(lines).anyMatch(line -> line.contains("\"kind\":\"backends\""));
                assertThat(lines).filteredOn(line -> line.startsWith("id:")).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void eventsNameTheGroupOrUserThatHasChanged() {
        try (TestController controller = TestController.start()) {
            controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"localhost\"}");
            controller.patch("/api/v1/backends/localhost", "{\"status\":\"online\"}");
            controller.post("/api/v1/sites/lisbon/init", "{\"count\":2}");
            SiteId lisbon = get(controller.geoDb().sites().list()).get(0).id();
            get(controller
                    .geoDb()
                    .users()
                    .createIfAbsent(User.firstSeen(new UserKey("ana"), GroupId.numbered(lisbon, 1))));
            List<String> lines = listen(controller);
            controller.patch("/api/v1/sites/lisbon/groups/default-2", "{\"stickyUsers\":true}");
            controller.post("/api/v1/users/ana/move", "{\"group\":\"default-2\"}");

            await().atMost(20, SECONDS).untilAsserted(() -> assertThat(lines)
                    .contains("event: group", "event: user")
                    .anyMatch(line -> line.contains("\"kind\":\"group\"")
                            && line.contains("\"siteId\":\"" + lisbon + "\"")
                            && line.contains("\"name\":\"default-2\""))
                    .anyMatch(line -> line.contains("\"kind\":\"user\"") && line.contains("\"name\":\"ana\"")));
        }
    }

    @Test
    void withoutATokenNobodyListens() {
        try (TestController controller = TestController.fresh()) {
            assertThat(controller.ask("", "GET", "/api/v1/events", "").status()).isEqualTo(401);
        }
    }
}
