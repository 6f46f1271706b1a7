package org.pombal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.model.audit.AuditEntry;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;
import org.pombal.model.user.UserKey;

/** What nodes and proxies found out, as operators see it, and the failovers that may follow from it. */
class SiteFactsTest {

    private static TestController controller;

    @BeforeAll
    static void start() {
        controller = TestController.start();
        for (String host : new String[] {"b1.example.org", "b2.example.org"}) {
            controller.post("/api/v1/backends", "{\"site\":\"lisbon\",\"host\":\"" + host + "\"}");
        }
        controller.post("/api/v1/sites", "{\"name\":\"porto\",\"loadBalancer\":\"lb.porto.example.org\"}");
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    private static Site site(String name) {
        return get(controller.geoDb().sites().list()).stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode items(String path) {
        Answer answer = controller.get(path);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("items");
    }

    private static void measured(String host, Instant at, double cpu, Map<GroupId, GroupTraffic> groups) {
        Backend backend =
                get(controller.geoDb().backends().find(new HostName(host))).orElseThrow();
        get(controller
                .geoDb()
                .backendLoads()
                .publish(new BackendLoad(
                        backend.site(), backend.id(), at, Duration.ofHours(1), Map.of(HostMetric.CPU, cpu), groups)));
    }

    @Test
    void loadsAreThoseOfTheNodesWithScoresAndOneNumberForEachGroup() {
        GroupId group = GroupId.numbered(site("lisbon").id(), 1);
        measured(
                "b1.example.org",
                Instant.now(),
                0.9,
                Map.of(group, new GroupTraffic(4, 0.5, 0.1, Duration.ofHours(1))));
        measured("b2.example.org", Instant.now(), 0.1, Map.of());

        JsonNode b1 = items("/api/v1/sites/lisbon/backend-loads").get(0);
        assertThat(b1.get("backend").asText()).isEqualTo("b1.example.org");
        assertThat(b1.at("/metrics/cpu").asDouble()).isEqualTo(0.9);
        assertThat(b1.at("/scores/cpu").asDouble()).isEqualTo(1);
        assertThat(b1.get("sessions").asDouble()).isEqualTo(4);
        // A login and a delivery are as much work as a session of 10 s.
        assertThat(b1.get("load").asDouble()).isCloseTo(4 + 10 * 0.6, within(0.001));

        JsonNode groups = items("/api/v1/sites/lisbon/group-loads");
        assertThat(groups.get(0).at("/groups/default-1/load").asDouble()).isCloseTo(10, within(0.001));
        assertThat(groups.get(1).get("groups")).isEmpty();

        measured("b2.example.org", Instant.now().minus(Duration.ofHours(1)), 0.1, Map.of());
        assertThat(items("/api/v1/sites/lisbon/backend-loads").get(1).get("scores"))
                .isEmpty();
    }

    @Test
    void usersAreShownAsTheyWereCountedLast() {
        assertThat(controller.get("/api/v1/sites/lisbon/user-counts").json().has("at"))
                .isFalse();
        counted("users-counted", "{\"at\":1700000000500,\"users\":{\"" + id("b1.example.org") + "\":7}}");
        counted("users-counted/" + id("b1.example.org"), "{\"at\":1700000000500,\"users\":{\"default-1\":7}}");
        counted("users-counted/" + id("b2.example.org"), "{\"at\":1600000000500,\"users\":{\"default-2\":3}}");
        counted("users-counted/" + BackendId.random(), "{\"at\":1700000000900,\"users\":{\"default-1\":8}}");

        JsonNode counts = controller.get("/api/v1/sites/lisbon/user-counts").json();
        assertThat(counts.get("at").asText()).isEqualTo("2023-11-14T22:13:20.500Z");
        assertThat(counts.get("backends").toString()).isEqualTo("{\"b1.example.org\":7,\"b2.example.org\":0}");
        assertThat(counts.get("groups").toString()).isEqualTo("{\"default-1\":8}");
        assertThat(controller.get("/api/v1/sites/nowhere/user-counts").status()).isEqualTo(404);
    }

    private static BackendId id(String host) {
        return get(controller.geoDb().backends().find(new HostName(host)))
                .orElseThrow()
                .id();
    }

    private static void counted(String note, String text) {
        get(controller.geoDb().automationNotes().write(site("lisbon").id(), note, new Note(text, Instant.now())));
    }

    @Test
    void reachabilityIsWhatTheProxiesSay() {
        get(controller
                .geoDb()
                .reachability()
                .publish(List.of(new SiteSight(
                        site("lisbon").id(),
                        site("porto").id(),
                        new HostName("p1"),
                        false,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Optional.of("connection refused"),
                        Duration.ZERO))));

        JsonNode way = items("/api/v1/reachability?source=lisbon").get(0);
        assertThat(way.get("destination").asText()).isEqualTo("porto");
        assertThat(way.get("reachable").asText()).isEqualTo("no");
        assertThat(way.get("failing").asInt()).isEqualTo(1);
        assertThat(way.get("lastsSeconds").asInt()).isBetween(30, 60);
        assertThat(way.get("why").asText()).isEqualTo("connection refused");
        JsonNode back = items("/api/v1/reachability?source=porto").get(0);
        assertThat(back.get("reachable").asText()).isEqualTo("unknown");
        assertThat(back.has("lastsSeconds")).isFalse();
    }

    @Test
    void aSiteIsFailedOverPausedAndWithdrawn() {
        assertThat(items("/api/v1/site-failovers").findValuesAsText("phase")).containsOnly("none");
        assertThat(controller
                        .post("/api/v1/sites/porto/failover", "{\"rate\":0}")
                        .status())
                .isEqualTo(400);
        assertThat(controller
                        .patch("/api/v1/sites/porto/failover", "{\"paused\":true}")
                        .detail())
                .contains("is in no failover");

        Answer started = controller.post("/api/v1/sites/porto/failover", "{\"rate\":20}");
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.json().at("/result/phase").asText()).isEqualTo("declared");
        assertThat(started.json().at("/result/rate").asInt()).isEqualTo(20);
        assertThat(controller
                        .post("/api/v1/sites/porto/failover", "{\"rate\":20}")
                        .status())
                .isEqualTo(409);
        assertThat(controller
                        .patch("/api/v1/sites/porto/failover", "{\"paused\":true}")
                        .json()
                        .at("/result/paused")
                        .asBoolean())
                .isTrue();

        assertThat(controller
                        .delete("/api/v1/sites/porto/failover")
                        .json()
                        .at("/result/phase")
                        .asText())
                .isEqualTo("none");
        assertThat(items("/api/v1/audit").findValuesAsText("action"))
                .contains("site.failover.start", "site.failover.update", "site.failover.stop");
    }

    @Test
    void aShareOfTheUsersWhoWereTakenComesHome() {
        Site faro = Site.added(SiteId.random(), "faro");
        get(controller.geoDb().sites().create(faro));
        assertThat(controller
                        .put("/api/v1/sites/faro/failover/recovery", "{\"percentage\":10}")
                        .detail())
                .contains("no users to come home");
        SiteFailover declared = FailoverSteps.declared(SiteFailover.never(faro.id()), true, false, 5)
                .orElseThrow();
        get(controller.geoDb().siteFailovers().update(declared));
        get(controller
                .geoDb()
                .siteFailovers()
                .update(FailoverSteps.activated(
                                declared, new TreeMap<>(Map.of(site("lisbon").id(), 100)))
                        .orElseThrow()));

        Answer some = controller.put("/api/v1/sites/faro/failover/recovery", "{\"percentage\":10}");
        assertThat(some.status()).isEqualTo(202);
        assertThat(some.json().at("/result/phase").asText()).isEqualTo("recovering");
        assertThat(some.json().at("/result/recovering").asInt()).isEqualTo(10);
        assertThat(controller
                        .put("/api/v1/sites/faro/failover/recovery", "{\"percentage\":101}")
                        .status())
                .isEqualTo(400);
        get(controller.geoDb().sites().retire(faro));
    }

    @Test
    void aShareOfABackendsUsersIsMovedUntilItIsStopped() {
        for (String host : new String[] {"b1.example.org", "b2.example.org"}) {
            controller.patch("/api/v1/backends/" + host, "{\"status\":\"online\"}");
        }
        String path = "/api/v1/backends/b1.example.org/force-move";
        assertThat(controller.get(path).json().has("percentage")).isFalse();
        assertThat(controller
                        .post(path, "{\"percentage\":10,\"destinations\":[\"b1.example.org\"]}")
                        .detail())
                .contains("is the backend itself");
        assertThat(controller
                        .post(path, "{\"percentage\":10,\"destinations\":[]}")
                        .status())
                .isEqualTo(400);

        Answer started =
                controller.post(path, "{\"id\":\"spring\",\"percentage\":10,\"destinations\":[\"b2.example.org\"]}");
        assertThat(started.status()).as(started.response().body()).isEqualTo(201);
        assertThat(controller
                        .patch(path, "{\"percentage\":20}")
                        .json()
                        .at("/result/percentage")
                        .asInt())
                .isEqualTo(20);
        assertThat(controller.get(path).json().get("id").asText()).isEqualTo("spring");
        assertThat(controller.get(path).json().at("/destinations/0").asText()).isEqualTo("b2.example.org");
        assertThat(controller.delete(path).status()).isEqualTo(200);
        assertThat(controller.delete(path).status()).isEqualTo(409);
        assertThat(items("/api/v1/audit").findValuesAsText("action"))
                .contains("backend.force-move.start", "backend.force-move.update", "backend.force-move.stop");
    }

    @Test
    void aShareOfASitesUsersIsMovedUntilItIsStopped() {
        String path = "/api/v1/sites/lisbon/force-move";
        assertThat(controller
                        .post(path, "{\"percentage\":10,\"destinations\":[\"porto\"]}")
                        .detail())
                .contains("has no groups yet");
        get(controller.geoDb().sites().update(site("porto").withGroupCount(5)));

        assertThat(controller
                        .post(path, "{\"percentage\":10,\"destinations\":[\"porto\"]}")
                        .status())
                .isEqualTo(201);
        assertThat(controller
                        .patch(path, "{\"percentage\":0}")
                        .json()
                        .at("/result/percentage")
                        .asInt())
                .isZero();
        assertThat(controller.get(path).json().at("/destinations/0").asText()).isEqualTo("porto");
        assertThat(controller.delete(path).json().at("/result").has("percentage"))
                .isFalse();
    }

    @Test
    void usersWhomAnotherSiteHasTakenAreCountedAsAway() {
        GroupId home = GroupId.numbered(site("porto").id(), 1);
        GroupId there = GroupId.numbered(site("lisbon").id(), 2);
        Backend b1 = get(controller.geoDb().backends().find(new HostName("b1.example.org")))
                .orElseThrow();
        get(controller.geoDb().groups().createIfAbsent(UserGroup.placed(home, b1.id(), Optional.empty())));
        for (String name : new String[] {"ann", "bob"}) {
            User user = User.firstSeen(new UserKey(name), home);
            get(controller.geoDb().users().createIfAbsent(user));
            get(controller.geoDb().users().update(user.takenOver(there, 1)));
        }
        get(controller.geoDb().users().createIfAbsent(User.firstSeen(new UserKey("carol"), home)));

        Answer away = controller.get("/api/v1/sites/porto/failover/users");
        assertThat(away.json().get("users").asInt()).isEqualTo(2);
        assertThat(away.json().get("more").asBoolean()).isFalse();
    }

    @Test
    void aViewerSeesWhatTheAutomationDidAndNothingElseOfTheAuditLog() {
        get(controller
                .geoDb()
                .auditLog()
                .write(new AuditEntry(
                        UUID.randomUUID(),
                        Instant.now(),
                        "controller",
                        "load-balancing",
                        "group.move",
                        "group default-9",
                        Optional.of("\"b1.example.org\""),
                        Optional.of("\"b2.example.org\""),
                        Optional.of("b1 carries too much"),
                        AuditEntry.Result.DONE)));
        String viewer = controller.token("looker", "viewer");

        JsonNode steps = controller
                .ask(viewer, "GET", "/api/v1/automation-steps", "")
                .json()
                .get("items");
        assertThat(steps).hasSize(1);
        assertThat(controller.ask(viewer, "GET", "/api/v1/audit", "").status()).isEqualTo(403);
        assertThat(steps.get(0).get("part").asText()).isEqualTo("load-balancing");
        assertThat(steps.get(0).get("why").asText()).isEqualTo("b1 carries too much");
    }
}
