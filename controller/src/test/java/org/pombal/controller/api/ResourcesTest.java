package org.pombal.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

@Timeout(120)
class ResourcesTest {

    private final TestController controller = TestController.start();

    @BeforeEach
    void waitForTheSite() {
        assertThat(controller.get("/api/v1/sites/lisbon").status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private JsonNode items(String path) {
        Answer answer = controller.get(path);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("items");
    }

    private void backend(String host) {
        Answer added = controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"" + host + "\"}");
        assertThat(added.status()).as(added.response().body()).isEqualTo(201);
        assertThat(controller
                        .patch("/api/v1/backends/" + host, "{\"status\":\"online\"}")
                        .status())
                .isEqualTo(200);
    }

    private SiteId lisbon() {
        return get(controller.geoDb().sites().list()).stream()
                .filter(site -> site.name().equals("lisbon"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private GroupId group(String name, String host) {
        Backend backend =
                get(controller.geoDb().backends().find(new HostName(host))).orElseThrow();
        GroupId id = new GroupId(lisbon(), name);
        get(controller.geoDb().groups().createIfAbsent(UserGroup.placed(id, backend.id(), Optional.empty())));
        return id;
    }

    private void user(String name, GroupId group) {
        get(controller.geoDb().users().createIfAbsent(User.firstSeen(new UserKey(name), group)));
    }

    @Test
    void theSiteOfTheSettingsIsAddedAtTheFirstStart() {
        JsonNode site = controller.get("/api/v1/sites/lisbon").json();
        assertThat(site.get("status").asText()).isEqualTo("online");
        assertThat(site.get("loadBalancer").asText()).isEqualTo("mail.lisbon.example.org");
        assertThat(site.has("tag")).isFalse();
    }

    @Test
    void aSiteIsAddedChangedAndRemoved() {
        controller.post("/api/v1/tags", "{\"name\":\"gold\"}");
        Answer added = controller.post("/api/v1/sites", "{\"name\":\"porto\",\"tag\":\"gold\"}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.response().headers().firstValue("Location")).contains("/api/v1/sites/porto");
        assertThat(added.json().at("/result/tag").asText()).isEqualTo("gold");

        Answer changed = controller.patch(
                "/api/v1/sites/porto", "{\"status\":\"standby\",\"tag\":\"\",\"loadBalancer\":\"lb.example.org\"}");
        assertThat(changed.json().at("/result/status").asText()).isEqualTo("standby");
        assertThat(changed.json().at("/result/loadBalancer").asText()).isEqualTo("lb.example.org");
        assertThat(changed.json().get("result").has("tag")).isFalse();

        assertThat(controller.delete("/api/v1/sites/porto").status()).isEqualTo(200);
        assertThat(controller.get("/api/v1/sites/porto").status()).isEqualTo(404);
    }

    @Test
    void whoRenamesASiteIsWarnedOfWhatItsNodesNeed() {
        controller.post("/api/v1/sites", "{\"name\":\"porto\"}");
        Answer renamed = controller.patch("/api/v1/sites/porto", "{\"name\":\"gaia\"}");
        assertThat(renamed.json().at("/warnings/0").asText()).contains("cluster_local_site = gaia");
        assertThat(controller.get("/api/v1/sites/gaia").status()).isEqualTo(200);
    }

    @Test
    void anAddressIsNoBackendAndNeitherIsANameThatDoesNotResolve() {
        Answer address = controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"192.0.2.1\"}");
        assertThat(address.status()).isEqualTo(400);
        assertThat(address.detail()).contains("IP address");
        Answer unknown = controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"no-such-host.invalid\"}");
        assertThat(unknown.status()).isEqualTo(409);
        assertThat(unknown.detail()).contains("does not resolve");
        assertThat(items("/api/v1/backends")).isEmpty();
    }

    @Test
    void whoChangesWhatSomebodyElseHasChangedIsRefused() {
        backend("localhost");
        String seen = controller.get("/api/v1/backends/localhost").etag();
        Answer first = controller.patch("/api/v1/backends/localhost", "{\"loadFactor\":50}", "If-Match", seen);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.etag()).isNotEqualTo(seen);

        Answer second = controller.patch("/api/v1/backends/localhost", "{\"loadFactor\":0}", "If-Match", seen);

        assertThat(second.status()).isEqualTo(412);
        assertThat(second.detail()).contains("has been changed since it was read");
        assertThat(controller
                        .get("/api/v1/backends/localhost")
                        .json()
                        .get("loadFactor")
                        .asInt())
                .isEqualTo(50);
        assertThat(controller
                        .delete("/api/v1/backends/localhost", "If-Match", seen)
                        .status())
                .isEqualTo(412);
        assertThat(controller
                        .delete("/api/v1/backends/localhost", "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

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

    @Test
    void anEvacuationIsRehearsedThenStarted() {
        backend("localhost");
        backend("b1.example.org");
        group("default-1", "localhost");

        Answer rehearsed = controller.post("/api/v1/backends/localhost/evacuation?dryRun=true", "");
        assertThat(rehearsed.status()).as(rehearsed.response().body()).isEqualTo(200);
        assertThat(rehearsed.json().at("/result/0/to").asText()).isEqualTo("b1.example.org");
        assertThat(rehearsed.json().at("/result/0").has("id")).isFalse();
        assertThat(controller
                        .get("/api/v1/backends/localhost")
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("online");

        Answer started = controller.post("/api/v1/backends/localhost/evacuation", "");
        assertThat(started.json().at("/result/0/id").asText()).isNotEmpty();
        JsonNode backend = controller.get("/api/v1/backends/localhost").json();
        assertThat(backend.get("status").asText()).isEqualTo("standby");
        assertThat(backend.get("loadFactor").asInt()).isZero();
        assertThat(backend.at("/load/movingOut").asInt()).isEqualTo(1);
    }

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

    @Test
    void theFeaturesOfTheOwnSiteAreSwitchedAndThoseOfOthersAreNot() {
        assertThat(items("/api/v1/sites/lisbon/features").findValuesAsText("state"))
                .containsExactly("off", "off", "off");
        Answer on = controller.put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
        assertThat(on.json().at("/result/state").asText()).isEqualTo("on");
        assertThat(controller
                        .put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"off\"}", "If-Match", "\"0\"")
                        .status())
                .isEqualTo(412);

        controller.post("/api/v1/sites", "{\"name\":\"porto\"}");
        Answer other = controller.put("/api/v1/sites/porto/features/metrics", "{\"state\":\"on\"}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.detail()).contains("through its own controller").contains("'lisbon'");
        assertThat(items("/api/v1/sites/porto/features").findValuesAsText("state"))
                .containsExactly("off", "off", "off");
    }

    @Test
    void whoSwitchesAnAutomationThatIsNotThereYetIsTold() {
        assertThat(controller
                        .put("/api/v1/sites/lisbon/features/load-balancing", "{\"state\":\"on\"}")
                        .json()
                        .at("/warnings/0")
                        .asText())
                .contains("not there yet");
        assertThat(controller
                        .put("/api/v1/sites/lisbon/features/metrics", "{\"state\":\"on\"}")
                        .json()
                        .get("warnings"))
                .isEmpty();
    }

    @Test
    void eachChangeIsWrittenDownWithWhoWhatBeforeAfterAndWhy() {
        backend("localhost");
        controller.patch(
                "/api/v1/backends/localhost", "{\"loadFactor\":50}", "X-Pombal-Reason", "disk is being replaced");
        controller.patch("/api/v1/backends/localhost", "{\"loadFactor\":0}", "If-Match", "\"0\"");

        JsonNode entries = items("/api/v1/audit?limit=2");
        JsonNode refused = entries.get(0);
        assertThat(refused.get("result").asText()).isEqualTo("refused");
        assertThat(refused.get("why").asText()).contains("has been changed since it was read");
        assertThat(refused.has("after")).isFalse();
        JsonNode done = entries.get(1);
        assertThat(done.get("who").asText()).isEqualTo("admin");
        assertThat(done.get("from").asText()).isEqualTo("127.0.0.1");
        assertThat(done.get("action").asText()).isEqualTo("backend.update");
        assertThat(done.get("target").asText()).isEqualTo("backend localhost");
        assertThat(done.get("before").asText()).contains("\"loadFactor\":100");
        assertThat(done.get("after").asText()).contains("\"loadFactor\":50");
        assertThat(done.get("why").asText()).isEqualTo("disk is being replaced");
        assertThat(done.get("result").asText()).isEqualTo("done");
    }

    @Test
    void whatCannotBeWrittenDownIsNotDone() {
        controller.geoDbIsAway(true);
        assertThat(controller.post("/api/v1/tags", "{\"name\":\"gold\"}").status())
                .isEqualTo(503);
        controller.geoDbIsAway(false);
        assertThat(items("/api/v1/tags")).isEmpty();
    }

    @Test
    void nodesAndStatisticsOfASiteWithoutAnyAreEmptyLists() {
        assertThat(items("/api/v1/sites/lisbon/nodes")).isEmpty();
        assertThat(items("/api/v1/sites/lisbon/proxy-statistics")).isEmpty();
        assertThat(controller
                        .delete("/api/v1/sites/lisbon/proxies/p1.example.org")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void settingsAreShownWithTheirOrigin() {
        JsonNode settings = items("/api/v1/settings");
        assertThat(settings.findValuesAsText("name"))
                .contains("cluster_local_site", "CONTROLLER_LISTEN", "CASSANDRA_PORT");
    }

    @Test
    void theCallerLearnsWhoHeIs() {
        assertThat(controller.get("/api/v1/me").json().get("name").asText()).isEqualTo("admin");
        assertThat(controller.get("/api/v1/me").json().get("roles").toString())
                .isEqualTo("[\"viewer\",\"operator\",\"admin\"]");
    }
}
