package org.pombal.controller.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pombal.controller.TestController.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController.Answer;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;

/**
 * A walk over all routes that change something, as the API's description lists them: each writes down who did what, what stood before
 * and after, and why. A new route is not in the walk, and so fails it.
 */
@Timeout(120)
class EveryChangeTest extends SiteFixture {

    private static final Set<String> METHODS = Set.of("post", "put", "patch", "delete");

    /** It ends the caller's own session in a browser. */
    private static final String LOGOUT = "POST /api/v1/logout";

    /** Before these nothing stands that they change. */
    private static final Set<String> CREATE = Set.of(
            "DELETE /api/v1/users/{user}/sessions",
            "POST /api/v1/tags",
            "POST /api/v1/sites",
            "POST /api/v1/backends",
            "POST /api/v1/sites/{site}/init",
            "POST /api/v1/tasks",
            "POST /api/v1/tokens");

    private final Set<String> walked = new TreeSet<>();
    private int steps;

    @Test
    void eachWritesDownWhoDidWhatWhatStoodBeforeAndAfterAndWhy() {
        tagsAndSites();
        backendsAndGroups();
        users();
        failovers();
        forcedMoves();
        numbersAndEvacuations();
        tasks();
        proxiesAndTokens();
        removals();

        assertThat(walked).containsExactlyElementsOf(changingRoutes());
    }

    private void tagsAndSites() {
        done("POST", "/tags", "{\"name\":\"gold\"}");
        done("PATCH", "/tags/gold", "{\"name\":\"silver\"}");
        done("DELETE", "/tags/silver", "");
        done("POST", "/sites", "{\"name\":\"porto\"}");
        done("PATCH", "/sites/porto", "{\"loadBalancer\":\"lb.porto.example.org\"}");
        done("PUT", "/sites/lisbon/features/metrics", "{\"state\":\"on\"}");
    }

    private void backendsAndGroups() {
        for (String host : List.of("b1.example.org", "b2.example.org", "localhost")) {
            done("POST", "/backends", "{\"site\":\"lisbon\",\"host\":\"" + host + "\"}");
        }
        done("PATCH", "/backends/b1.example.org", "{\"status\":\"online\"}");
        done("POST", "/sites/lisbon/init", "{\"count\":5}");
        done("PATCH", "/backends/b2.example.org", "{\"status\":\"online\"}");
        done("PATCH", "/sites/lisbon/groups/default-1", "{\"stickyBackend\":true}");
        done("POST", "/sites/lisbon/groups/default-1/move", "{\"backend\":\"b2.example.org\"}");
        done("DELETE", "/sites/lisbon/groups/default-1/move", "");
    }

    private void users() {
        GroupId one = GroupId.numbered(lisbon(), 1);
        user("ana", one);
        user("rui", GroupId.numbered(lisbon(), 2));
        UserGroup row =
                get(controller.geoDb().groups().find(one, ReadLevel.SERIAL)).orElseThrow();
        get(controller.geoDb().groups().update(GroupSteps.claimed(row, 1)));
        done("POST", "/users/ana/move", "{\"group\":\"default-2\"}");
        done("DELETE", "/users/ana/move", "");
        done("DELETE", "/users/rui", "");
        user("eva", GroupId.numbered(lisbon(), 9));
        done("DELETE", "/users/eva/sessions", "");
    }

    private void failovers() {
        done("POST", "/sites/porto/failover", "{\"rate\":20}");
        done("PATCH", "/sites/porto/failover", "{\"paused\":true}");
        done("DELETE", "/sites/porto/failover", "");
        Site faro = Site.added(SiteId.random(), "faro");
        get(controller.geoDb().sites().create(faro));
        SiteFailover declared = FailoverSteps.declared(SiteFailover.never(faro.id()), true, false, 5)
                .orElseThrow();
        get(controller.geoDb().siteFailovers().update(declared));
        TreeMap<SiteId, Integer> shares = new TreeMap<>();
        shares.put(lisbon(), 100);
        get(controller
                .geoDb()
                .siteFailovers()
                .update(FailoverSteps.activated(declared, shares).orElseThrow()));
        done("PUT", "/sites/faro/failover/recovery", "{\"percentage\":10}");
        get(controller.geoDb().sites().retire(faro));
    }

    private void forcedMoves() {
        Site porto = get(controller.geoDb().sites().list()).stream()
                .filter(site -> site.name().equals("porto"))
                .findFirst()
                .orElseThrow();
        get(controller.geoDb().sites().update(porto.withGroupCount(5)));
        done("POST", "/sites/lisbon/force-move", "{\"percentage\":10,\"destinations\":[\"porto\"]}");
        done("PATCH", "/sites/lisbon/force-move", "{\"percentage\":20}");
        done("DELETE", "/sites/lisbon/force-move", "");
        String backend = "/backends/b1.example.org/force-move";
        done("POST", backend, "{\"percentage\":10,\"destinations\":[\"b2.example.org\"]}");
        done("PATCH", backend, "{\"percentage\":20}");
        done("DELETE", backend, "");
    }

    private void numbersAndEvacuations() {
        assertThat(done("POST", "/group-number", "{\"groups\":7}").get("before").asText())
                .contains("\"groups\":5");
        done("POST", "/group-number/start", "");
        assertThat(done("DELETE", "/group-number", "").get("before").asText()).contains("\"groups\":5");
        assertThat(done("POST", "/evacuations", "{\"backend\":\"b1.example.org\",\"groupsPerMinute\":1}")
                        .get("before")
                        .asText())
                .contains("\"loadFactor\":100");
        assertThat(done("DELETE", "/evacuations/b1.example.org", "")
                        .get("before")
                        .asText())
                .contains("\"groupsPerMinute\":1");
        done("POST", "/backends/b1.example.org/evacuation", "");
    }

    private void tasks() {
        await().atMost(60, SECONDS)
                .until(() ->
                        controller.get("/api/v1/leader").json().get("isThis").asBoolean());
        JsonNode started = done("POST", "/tasks", "{\"name\":\"load-balancing-extra\"}");
        String path = "/tasks/" + started.get("target").asText().replace("task ", "");
        Answer cancelled = ask("DELETE", path, "");
        // A worker may have been quicker.
        assertThat(cancelled.status()).isIn(200, 409);
        JsonNode entry = entry("action", "task.cancel");
        assertThat(entry.get("who").asText()).isEqualTo("admin");
        assertThat(entry.get("before").asText()).contains("load-balancing-extra");
    }

    private void proxiesAndTokens() {
        Instant now = Instant.now();
        get(controller
                .geoDb()
                .nodes()
                .report(new NodeReport(
                        new NodeId(lisbon(), NodeRole.PROXY, new HostName("p1")),
                        "p1.example.org",
                        "1.0",
                        Optional.empty(),
                        "dc1",
                        Optional.empty(),
                        now,
                        now,
                        Duration.ofSeconds(10),
                        Optional.empty())));
        assertThat(done("DELETE", "/sites/lisbon/proxies/p1?force=true", "")
                        .get("before")
                        .asText())
                .contains("\"host\":\"p1.example.org\"");
        done("POST", "/tokens", "{\"name\":\"ana\",\"role\":\"viewer\"}");
        String id = StreamSupport.stream(items("/api/v1/tokens").spliterator(), false)
                .filter(token -> token.get("name").asText().equals("ana"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
        done("DELETE", "/tokens/" + id, "");
    }

    private void removals() {
        done("DELETE", "/backends/localhost", "");
        done("DELETE", "/sites/porto", "");
    }

    /** Changes something, and returns what is written down of it. */
    private JsonNode done(String method, String path, String body) {
        Answer answer = ask(method, path, body);
        String what = method + " " + path + ": " + answer.response().body();
        assertThat(answer.status()).as(what).isBetween(200, 202);
        JsonNode entry = entry("why", "step " + steps);
        assertThat(entry.get("who").asText()).as(what).isEqualTo("admin");
        assertThat(entry.get("result").asText()).as(what).isEqualTo("done");
        assertThat(entry.get("action").asText()).as(what).isNotBlank();
        assertThat(entry.get("target").asText()).as(what).isNotBlank();
        assertThat(entry.path("after").asText()).as(what).isNotBlank();
        assertThat(entry.path("before").asText().isBlank())
                .as(what + ": before")
                .isEqualTo(CREATE.contains(route(method, path)));
        return entry;
    }

    private Answer ask(String method, String path, String body) {
        walked.add(route(method, path));
        steps++;
        return controller.ask(controller.admin(), method, "/api/v1" + path, body, "X-Pombal-Reason", "step " + steps);
    }

    private JsonNode entry(String field, String value) {
        return StreamSupport.stream(items("/api/v1/audit?limit=100").spliterator(), false)
                .filter(entry -> entry.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the audit log has no entry with " + field + " " + value));
    }

    private final List<String> routes = new ArrayList<>();

    private List<String> changingRoutes() {
        if (routes.isEmpty()) {
            controller
                    .ask("", "GET", "/api/v1/openapi.json", "")
                    .json()
                    .get("paths")
                    .properties()
                    .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                        String route = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
                        if (METHODS.contains(method) && !route.equals(LOGOUT)) {
                            routes.add(route);
                        }
                    }));
            routes.sort(null);
        }
        return routes;
    }

    private String route(String method, String path) {
        String asked = method + " /api/v1" + path.replaceFirst("\\?.*", "");
        return changingRoutes().stream()
                .filter(route -> Pattern.matches(route.replaceAll("\\{[a-z]+}", "[^/]+"), asked))
                // A word of the path goes before a variable.
                .min((one, other) -> Long.compare(variables(one), variables(other)))
                .orElseThrow(() -> new AssertionError("no route is " + asked));
    }

    private static long variables(String route) {
        return route.chars().filter(character -> character == '{').count();
    }
}
